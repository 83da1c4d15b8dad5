package io.rayhistory.adapters.http.history;

import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.http.Context;
import io.rayhistory.adapters.http.json.JsonAnswers;
import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.application.read.StoredSession;

import java.io.IOException;

/** Lines of a log, by number, by place, or the last ones. */
final class LogLinesApi {
    private static final int MOST = 2_000;
    private static final int DEFAULT = 500;
    /** Bytes of lines in one answer; then it ends early, and says where to go on. */
    private static final long MOST_BYTES = 8L << 20;
    /** A character has at most four bytes. */
    private static final int KEPT = 4 * LogLine.LONGEST;

    private final LineIndexes indexes;

    LogLinesApi(LineIndexes indexes) {
        this.indexes = indexes;
    }

    void register(Requests requests) {
        requests.fresh("/log-lines/{node}/<path>", this::lines);
    }

    private void lines(Context ctx, StoredSession session) throws IOException {
        Asked asked = new Asked(ctx);
        ObjectInfo file = LogsApi.file(ctx, session);
        int count = asked.whole("count", 1, MOST, DEFAULT);
        if (asked.given("tail")) {
            int tail = asked.whole("tail", 1, MOST, DEFAULT);
            send(ctx, session, file, session.logs().startOfLastLines(file, 0, ObjectStore.TO_END, tail), 0, tail, -1, -1);
        } else if (asked.given("offset") && file.length() > LineIndexes.LARGEST) {
            send(ctx, session, file, asked.wholeLong("offset", 0, Long.MAX_VALUE, 0), 0, count, -1, -1);
        } else {
            LineIndexes.Index index = indexes.of(session.logs(), file);
            long from = asked.given("offset") ? lineOf(session, file, index, asked.wholeLong("offset", 0, Long.MAX_VALUE, 0))
                    : asked.wholeLong("from", 0, Long.MAX_VALUE, 0);
            send(ctx, session, file, index.offsetBefore(from), from - index.lineAt(from), count, from, index.lines());
        }
    }

    /** The line that a byte belongs to: counted on from the last thousandth line before it. */
    private static long lineOf(StoredSession session, ObjectInfo file, LineIndexes.Index index, long offset) {
        long line = index.lineBefore(offset);
        long start = index.offsetBefore(line);
        if (start >= file.length()) {
            return index.lines();
        }
        return line + session.logs().read(file, start, ObjectStore.TO_END, (in, object) -> {
            LineStream lines = new LineStream(in, start, 0);
            long passed = 0;
            while (lines.next() && lines.start() + lines.length() <= offset) {
                passed++;
            }
            return passed;
        });
    }

    /** @param number of the first line answered, -1 when nobody counted */
    private static void send(Context ctx, StoredSession session, ObjectInfo file, long start, long skip, int count, long number,
                             long total) throws IOException {
        JsonAnswers.send(ctx, 200, out -> {
            out.writeStartObject();
            out.writeArrayFieldStart("lines");
            long next = start >= file.length() ? file.length() : session.logs().read(file, start, ObjectStore.TO_END,
                    (in, object) -> write(out, new LineStream(in, start, KEPT), skip, count, number));
            out.writeEndArray();
            number(out, "totalLines", total);
            out.writeNumberField("size", file.length());
            number(out, "nextOffset", next >= file.length() ? -1 : next);
            out.writeEndObject();
        });
    }

    private static long write(JsonGenerator out, LineStream lines, long skip, int count, long number) throws IOException {
        for (long i = 0; i < skip; i++) {
            if (!lines.next()) {
                return Long.MAX_VALUE;
            }
        }
        long written = 0;
        for (int i = 0; i < count; i++) {
            if (!lines.next()) {
                return Long.MAX_VALUE;
            }
            String text = lines.text();
            out.writeStartObject();
            number(out, "n", number < 0 ? -1 : number + i);
            out.writeNumberField("offset", lines.start());
            out.writeNumberField("bytes", lines.length());
            out.writeStringField("text", LogLine.cut(text));
            out.writeBooleanField("cut", text.length() > LogLine.LONGEST || lines.length() > KEPT);
            out.writeEndObject();
            written += Math.min(lines.length(), KEPT);
            if (written > MOST_BYTES) {
                break;
            }
        }
        return lines.start() + lines.length();
    }

    private static void number(JsonGenerator out, String name, long number) throws IOException {
        if (number < 0) {
            out.writeNullField(name);
        } else {
            out.writeNumberField(name, number);
        }
    }
}
