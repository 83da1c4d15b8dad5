package io.rayhistory.adapters.http.history;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.javalin.http.Context;
import io.rayhistory.adapters.http.json.JsonAnswers;
import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.read.StoredSession;
import io.rayhistory.domain.HistoryException;

import java.io.IOException;

/**
 * Searches one log, line by line, in time that grows with its length whatever the pattern. A request reads so many
 * bytes at most and then says where to go on; of a very long line only the beginning is searched.
 */
final class LogFindApi {
    private static final int MOST_HITS = 1_000;
    private static final int DEFAULT_HITS = 100;
    private static final int LONGEST_PATTERN = 200;
    private static final long SCANNED = 64L << 20;
    private static final int KEPT = 64 * 1024;
    private static final int BEFORE = 100;
    private static final int EXCERPT = 400;

    /** Where to go on: behind how many lines, at which byte. */
    private record Place(long line, long offset) {
        static Place of(String cursor) {
            if (cursor.isEmpty()) {
                return new Place(0, 0);
            }
            if (!cursor.matches("\\d{1,18}\\.\\d{1,18}")) {
                throw Asked.wrong("cursor", cursor, "the nextCursor of an answer");
            }
            int dot = cursor.indexOf('.');
            return new Place(Long.parseLong(cursor.substring(0, dot)), Long.parseLong(cursor.substring(dot + 1)));
        }
    }

    private static final class Search {
        private final Pattern pattern;
        private final int most;
        private long line;
        private long offset;
        private boolean ended;

        Search(Pattern pattern, int most, Place from) {
            this.pattern = pattern;
            this.most = most;
            this.line = from.line();
            this.offset = from.offset();
        }

        void run(LineStream lines, JsonGenerator out) throws IOException {
            long stop = offset + SCANNED;
            int hits = 0;
            while (hits < most && offset < stop) {
                if (!lines.next()) {
                    ended = true;
                    return;
                }
                String text = lines.text();
                Matcher matcher = pattern.matcher(text);
                if (matcher.find()) {
                    hits++;
                    hit(out, lines.start(), text, matcher.start(), matcher.end());
                }
                line++;
                offset = lines.start() + lines.length();
            }
        }

        private void hit(JsonGenerator out, long start, String text, int from, int to) throws IOException {
            int begin = Math.max(0, from - BEFORE);
            begin = begin > 0 && Character.isLowSurrogate(text.charAt(begin)) ? begin + 1 : begin;
            int end = Math.min(text.length(), begin + EXCERPT);
            out.writeStartObject();
            out.writeNumberField("line", line);
            out.writeNumberField("offset", start);
            out.writeStringField("text", text.substring(begin, end));
            out.writeNumberField("matchStart", from - begin);
            out.writeNumberField("matchEnd", Math.min(to, end) - begin);
            out.writeBooleanField("cutBefore", begin > 0);
            out.writeBooleanField("cutAfter", end < text.length());
            out.writeEndObject();
        }
    }

    void register(Requests requests) {
        requests.fresh("/log-find/{node}/<path>", LogFindApi::find);
    }

    private static void find(Context ctx, StoredSession session) throws IOException {
        Asked asked = new Asked(ctx);
        Pattern pattern = pattern(asked);
        Place from = Place.of(asked.cursor());
        Search search = new Search(pattern, asked.whole("limit", 1, MOST_HITS, DEFAULT_HITS), from);
        ObjectInfo file = LogsApi.file(ctx, session);
        JsonAnswers.send(ctx, 200, out -> {
            out.writeStartObject();
            out.writeArrayFieldStart("hits");
            if (from.offset() < file.length()) {
                session.logs().read(file, from.offset(), file.length(), (in, object) -> {
                    search.run(new LineStream(in, from.offset(), KEPT), out);
                    return Boolean.TRUE;
                });
            }
            out.writeEndArray();
            boolean done = search.ended || search.offset >= file.length();
            out.writeStringField("nextCursor", done ? "" : search.line + "." + search.offset);
            out.writeNumberField("scanned", Math.min(search.offset, file.length()) - Math.min(from.offset(), file.length()));
            out.writeNumberField("size", file.length());
            out.writeEndObject();
        });
    }

    private static Pattern pattern(Asked asked) {
        String text = asked.text("q", LONGEST_PATTERN);
        if (text.isEmpty()) {
            throw HistoryException.invalid("q is missing: expected what to look for");
        }
        boolean regex = asked.flag("regex");
        try {
            return Pattern.compile(regex ? text : Pattern.quote(text), asked.flag("case") ? 0 : Pattern.CASE_INSENSITIVE);
        } catch (PatternSyntaxException e) {
            throw Asked.wrong("q", text, "a regular expression as RE2 has them (" + e.getDescription() + ")");
        }
    }
}
