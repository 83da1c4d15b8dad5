package io.rayhistory.adapters.http.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.rayhistory.application.collect.EventIntake;
import io.rayhistory.application.collect.IntakeReceipt;
import io.rayhistory.domain.HistoryException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** {@code POST /v1/events}: what is asked of a post before its body is read, and what is answered. Thread-safe. */
final class PostHandler extends Handler.Abstract {
    private static final System.Logger LOG = System.getLogger(PostHandler.class.getName());
    private static final JsonFactory JSON = new JsonFactory();
    private static final long MOST_READ_AWAY = 4 << 20;

    private final EventIntake intake;
    private final SharedToken token;
    private final AtomicLong unexpected = new AtomicLong();

    PostHandler(EventIntake intake, SharedToken token) {
        this.intake = intake;
        this.token = token;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = request.getHttpURI().getDecodedPath();
        String encoding = Encodings.normal(request.getHeaders().get(HttpHeader.CONTENT_ENCODING));
        if (!"/v1/events".equals(path) && !"/v1/events/".equals(path)) {
            Plain.text(response, callback, 404, "404: only /v1/events is here");
        } else if (!request.getMethod().equals("POST")) {
            response.getHeaders().put(HttpHeader.ALLOW, "POST");
            Plain.text(response, callback, 405, "405: events are posted");
        } else if (!token.admits(request.getHeaders().get(HttpHeader.AUTHORIZATION))) {
            response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
            Plain.text(response, callback, 401, "401: the shared token is missing or another one; put it into the export address, "
                    + "http://collector:<token>@host:port/v1/events");
        } else if (!takesJson(request.getHeaders().getCSV(HttpHeader.ACCEPT, true))) {
            Plain.text(response, callback, 406, "406: answers are application/json");
        } else if (!Encodings.isKnown(encoding)) {
            response.getHeaders().put(HttpHeader.ACCEPT_ENCODING, "gzip, deflate");
            Plain.text(response, callback, 415, "415: Content-Encoding '" + encoding + "' is not known; expected gzip or deflate");
        } else {
            post(request, encoding, response, callback);
        }
        return true;
    }

    private void post(Request request, String encoding, Response response, Callback callback) {
        InputStream sent = new SentBytes(Content.Source.asInputStream(request));
        try (InputStream body = Encodings.plain(encoding, sent)) {
            IntakeReceipt receipt = intake.accept(body, encoding.isEmpty() ? request.getLength() : -1);
            Plain.answer(response, callback, 200, Plain.JSON, json(receipt));
        } catch (HistoryException e) {
            readAway(request.getLength(), sent);
            refuse(e, response, callback);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a post was broken off", e);
            callback.failed(e);
        } catch (RuntimeException e) {
            long number = unexpected.incrementAndGet();
            LOG.log(Level.ERROR, "error " + number + ": POST /v1/events", e);
            Plain.text(response, callback, 500, "500: internal error " + number + "; the collector's log tells more about it");
        }
    }

    /**
     * Takes the rest of a refused body, if it is not long: most clients look at an answer only when they have sent all, and
     * would see a broken connection instead.
     */
    private static void readAway(long announced, InputStream sent) {
        if (announced > MOST_READ_AWAY) {
            return;
        }
        try {
            sent.skip(announced < 0 ? MOST_READ_AWAY : announced);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a refused post was broken off", e);
        }
    }

    private static void refuse(HistoryException e, Response response, Callback callback) {
        int status = switch (e.kind()) {
            case INVALID, MISSING, CORRUPT -> 400;
            case TOO_LARGE -> 413;
            case UNAVAILABLE -> 503;
        };
        if (status == 503) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, "5");
        }
        LOG.log(Level.DEBUG, () -> "a post was refused: " + e.getMessage());
        Plain.text(response, callback, status, status + ": " + e.getMessage());
    }

    /** @param ranges of the Accept headers, parameters included */
    private static boolean takesJson(List<String> ranges) {
        boolean takes = ranges.isEmpty();
        for (String range : ranges) {
            String[] parts = range.toLowerCase(Locale.ROOT).replace(" ", "").split(";");
            boolean refused = List.of(parts).stream().anyMatch(part -> part.matches("q=0(\\.0*)?"));
            takes |= !refused && List.of("*/*", "application/*", "application/json").contains(parts[0]);
        }
        return takes;
    }

    private static String json(IntakeReceipt receipt) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.writeStartObject();
            out.writeNumberField("accepted", receipt.accepted());
            out.writeNumberField("rejected", receipt.rejected());
            out.writeNumberField("duplicates", receipt.duplicates());
            out.writeArrayFieldStart("reasons");
            for (String reason : receipt.reasons()) {
                out.writeString(reason);
            }
            out.writeEndArray();
            out.writeEndObject();
        }
        return text.toString();
    }

    /** Stays open when what unpacks it is closed: the rest of a refused body is still to be read. */
    private static final class SentBytes extends FilterInputStream {
        SentBytes(InputStream in) {
            super(in);
        }

        @Override
        public void close() {
            // Jetty ends the request when it is answered.
        }
    }
}
