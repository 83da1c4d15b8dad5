package io.rayhistory.adapters.http.history;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.http.Context;
import io.rayhistory.adapters.http.api.DownloadNames;
import io.rayhistory.adapters.http.json.JsonAnswers;
import io.rayhistory.adapters.http.json.TimelineJson;
import io.rayhistory.application.read.FailureReports;
import io.rayhistory.application.read.StoredSession;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.history.SessionHistory;
import io.rayhistory.domain.id.IdKind;
import io.rayhistory.domain.query.LaneTimeline;
import io.rayhistory.domain.query.SessionQueries;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.IntToLongFunction;

/**
 * The timeline as columns (13 bytes a span, after a JSON header), the attempts behind its spans, and the same as a trace
 * for Chrome. The columns of whole sessions are kept as long as their histories.
 */
final class TimelineApi {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int CHUNK = 8 * 1024;

    private final FailureReports failures;
    private final Map<SessionHistory, LaneTimeline> known = new WeakHashMap<>();

    TimelineApi(FailureReports failures) {
        this.failures = failures;
    }

    void register(Requests requests) {
        requests.loaded("/timeline", this::columns);
        requests.loaded("/timeline/spans", this::spans);
        requests.loaded("/timeline/trace", TimelineApi::trace);
    }

    private LaneTimeline of(Asked asked, StoredSession session) {
        String job = asked.text("job").toLowerCase(Locale.ROOT);
        if (!job.isEmpty()) {
            return LaneTimeline.of(session.history(), job);
        }
        synchronized (known) {
            LaneTimeline timeline = known.get(session.history());
            if (timeline != null) {
                return timeline;
            }
        }
        LaneTimeline timeline = LaneTimeline.of(session.history(), "");
        synchronized (known) {
            known.put(session.history(), timeline);
        }
        return timeline;
    }

    private void columns(Context ctx, StoredSession session) throws IOException {
        Asked asked = new Asked(ctx);
        boolean json = asked.word("format", "binary", "binary", "json").equals("json");
        LaneTimeline timeline = of(asked, session);
        if (json) {
            JsonAnswers.send(ctx, 200, out -> {
                out.writeStartObject();
                TimelineHeaderJson.write(out, timeline, session.history());
                array(out, "start", timeline.size(), timeline::start);
                array(out, "duration", timeline.size(), timeline::duration);
                array(out, "lane", timeline.size(), lanes(timeline));
                array(out, "name", timeline.size(), timeline::name);
                array(out, "state", timeline.size(), timeline::state);
                out.writeEndObject();
            });
            return;
        }
        byte[] header = header(timeline, session.history());
        ctx.status(200).contentType("application/octet-stream");
        if (ctx.req().getMethod().equals("HEAD")) {
            ctx.res().flushBuffer(); // else the server would claim a length of 0
            return;
        }
        OutputStream out = ctx.outputStream();
        out.write(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(header.length).array());
        out.write(header);
        column(out, timeline.size(), 4, timeline::start);
        column(out, timeline.size(), 4, timeline::duration);
        column(out, timeline.size(), 2, lanes(timeline));
        column(out, timeline.size(), 2, timeline::name);
        column(out, timeline.size(), 1, timeline::state);
    }

    private static IntToLongFunction lanes(LaneTimeline timeline) {
        int[] lane = new int[timeline.size()];
        for (int i = 0; i < timeline.lanes().size(); i++) {
            LaneTimeline.Lane each = timeline.lanes().get(i);
            Arrays.fill(lane, each.first(), each.first() + each.count(), i);
        }
        return span -> lane[span];
    }

    private static byte[] header(LaneTimeline timeline, SessionHistory history) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = JSON.createGenerator(bytes, JsonEncoding.UTF8)) {
            out.writeStartObject();
            TimelineHeaderJson.write(out, timeline, history);
            out.writeEndObject();
        }
        while (bytes.size() % 4 != 0) {
            bytes.write(' '); // so that the columns behind it lie where typed arrays may begin
        }
        return bytes.toByteArray();
    }

    private static void column(OutputStream out, int size, int width, IntToLongFunction value) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < size; i++) {
            long number = value.applyAsLong(i);
            switch (width) {
                case 4 -> chunk.putInt((int) number);
                case 2 -> chunk.putShort((short) number);
                default -> chunk.put((byte) number);
            }
            if (chunk.remaining() < width || i == size - 1) {
                out.write(chunk.array(), 0, chunk.position());
                chunk.clear();
            }
        }
    }

    private static void array(JsonGenerator out, String name, int size, IntToLongFunction value) throws IOException {
        out.writeArrayFieldStart(name);
        for (int i = 0; i < size; i++) {
            out.writeNumber(value.applyAsLong(i));
        }
        out.writeEndArray();
    }

    private void spans(Context ctx, StoredSession session) throws IOException {
        Asked asked = new Asked(ctx);
        LaneTimeline timeline = of(asked, session);
        int from = asked.given("task") ? spanOf(asked, session, timeline)
                : asked.whole("from", 0, Math.max(0, timeline.size() - 1), 0);
        int count = asked.given("task") ? 1 : asked.whole("count", 1, Asked.MOST_ROWS, 1);
        int end = Math.min(timeline.size(), from + count);
        JsonAnswers.send(ctx, 200, out -> {
            out.writeStartObject();
            out.writeArrayFieldStart("rows");
            for (int span = from; span < end; span++) {
                out.writeStartObject();
                out.writeNumberField("index", span);
                AttemptJson.row(out, timeline.row(span), session, failures.of(session));
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeNumberField("all", timeline.size());
            out.writeEndObject();
        });
    }

    private static int spanOf(Asked asked, StoredSession session, LaneTimeline timeline) {
        String taskId = IdKind.TASK.normalize(asked.text("task").toLowerCase(Locale.ROOT));
        int attempt = asked.whole("attempt", 0, Integer.MAX_VALUE, 0);
        SessionHistory history = session.history();
        int row = history.tasks().firstRowOf(taskId);
        while (row >= 0 && row < history.tasks().size() && history.tasks().get(row).taskId().equals(taskId)) {
            if (history.tasks().get(row).attempt() == attempt) {
                int span = timeline.spanOf(row);
                if (span >= 0) {
                    return span;
                }
                break;
            }
            row++;
        }
        throw HistoryException.missing("attempt " + attempt + " of task '" + taskId + "' is not on the timeline");
    }

    private static void trace(Context ctx, StoredSession session) throws IOException {
        Asked asked = new Asked(ctx);
        String job = asked.text("job");
        ctx.header("Content-Disposition", DownloadNames.attachment(session.entry().key().session() + "-trace.json"));
        JsonAnswers.send(ctx, 200, out -> {
            out.writeStartArray();
            new SessionQueries(session.history()).timeline(job, true, new TimelineJson(out));
            out.writeEndArray();
        });
    }
}
