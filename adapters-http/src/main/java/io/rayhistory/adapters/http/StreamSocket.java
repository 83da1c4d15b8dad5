package io.rayhistory.adapters.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.websocket.WsConnectContext;
import io.rayhistory.adapters.http.api.SessionStream;
import io.rayhistory.application.port.LiveDashboards.Answer;
import io.rayhistory.application.port.LiveDashboards.Failed;
import io.rayhistory.application.port.LiveDashboards.Reply;
import io.rayhistory.application.port.LiveDashboards.Tail;
import io.rayhistory.application.read.StoredSession;
import io.rayhistory.domain.HistoryException;
import org.eclipse.jetty.websocket.api.Callback;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Sends a stream over a WebSocket: everything, then a normal end. What fails before the upgrade is plain HTTP. */
final class StreamSocket {
    private static final System.Logger LOG = System.getLogger(StreamSocket.class.getName());
    private static final String OPENED = "rayhistory.stream";
    private static final String TAIL = "rayhistory.tail";
    private static final int MOST_REFUSAL = 4096;
    private static final long FRAME_SECONDS = 60;
    private static final int NORMAL = 1000;
    private static final int SERVER_ERROR = 1011;
    private static final int TRY_AGAIN_LATER = 1013;

    private final Semaphore free;

    /** @param concurrent streams running at the same time; each takes a thread */
    StreamSocket(int concurrent) {
        this.free = new Semaphore(concurrent);
    }

    void register(RoutesConfig routes, String path, SessionStream stream, Function<Context, StoredSession> find, Optional<LiveRequests> live) {
        routes.wsBeforeUpgrade(path, ctx -> {
            try {
                refuseStrangers(ctx);
                Optional<Reply> reply = live.flatMap(requests -> requests.follow(ctx));
                if (reply.isPresent()) {
                    passOn(ctx, reply.get());
                    return;
                }
                ctx.attribute(OPENED, stream.open(ctx.pathParamMap(), find.apply(ctx)));
            } catch (HistoryException e) {
                refuse(ctx, ErrorAnswers.status(e.kind()), e.getMessage());
            }
        });
        routes.ws(path, ws -> {
            ws.onConnect(ctx -> {
                Tail tail = ctx.attribute(TAIL);
                if (tail == null) {
                    limited(ctx);
                } else {
                    LiveSocket.run(ctx, tail);
                }
            });
            ws.onClose(ctx -> {
                Tail tail = ctx.attribute(TAIL);
                if (tail != null) {
                    tail.close();
                }
            });
        });
    }

    private static void passOn(Context ctx, Reply reply) throws IOException {
        if (reply instanceof Tail tail) {
            ctx.attribute(TAIL, tail);
        } else if (reply instanceof Failed failed) {
            refuse(ctx, LiveAnswers.status(failed.why()), failed.message());
        } else if (reply instanceof Answer answer) {
            try (answer) {
                refuse(ctx, answer.status(), new String(answer.body().readNBytes(MOST_REFUSAL), StandardCharsets.UTF_8));
            }
        }
    }

    /** Browsers let every page open WebSockets to every host; only pages of this server may read a session's logs. */
    static void refuseStrangers(Context ctx) {
        String origin = ctx.header("Origin");
        if (origin == null) {
            return;
        }
        try {
            if (URI.create(origin).getAuthority().equals(AccessGate.host(ctx))) {
                return;
            }
        } catch (IllegalArgumentException | NullPointerException e) {
            LOG.log(Level.DEBUG, "unreadable origin", e);
        }
        throw HistoryException.invalid("WebSockets are answered only for pages of this server");
    }

    static void refuse(Context ctx, int status, String message) throws IOException {
        ctx.skipRemainingHandlers();
        ctx.res().setStatus(status);
        ctx.res().setContentType("text/plain; charset=utf-8");
        ctx.res().getOutputStream().write(message.getBytes(StandardCharsets.UTF_8));
        ctx.res().flushBuffer();
    }

    private void limited(WsConnectContext ctx) {
        if (!free.tryAcquire()) {
            ctx.closeSession(TRY_AGAIN_LATER, "too many streams are running; try again in a moment");
            return;
        }
        try {
            run(ctx);
        } finally {
            free.release();
        }
    }

    private static void run(WsConnectContext ctx) {
        SessionStream.Opened opened = ctx.attribute(OPENED);
        try {
            opened.run(text -> send(ctx, text));
            ctx.closeSession(NORMAL, "end of the log");
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "stream cut off", e);
            ctx.closeSession(SERVER_ERROR, "the stream broke off; the server's log tells more");
        }
    }

    private static void send(WsConnectContext ctx, String text) throws IOException {
        Callback.Completable sent = new Callback.Completable();
        ctx.session.sendText(text, sent);
        try {
            sent.get(FRAME_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the client does not take the stream", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
