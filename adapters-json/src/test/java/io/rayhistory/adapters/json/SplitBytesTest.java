package io.rayhistory.adapters.json;

import io.rayhistory.domain.HistoryException;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Whatever an event looks like: its bytes come out as they went in, but for blanks between tokens. */
final class SplitBytesTest {
    private static final List<String> TEXTS = List.of("\"\"", "\"a b\"", "\" { [ , : ] } \"", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\u0000\\u00E9\\u20ac\"",
            "\"ä€😀\"", "\"<>&\\u003c\"", "\"\\\\\"", "\"ends with \\\\\\\"\"");
    private static final List<String> SCALARS = List.of("12345678901234567890123", "-0", "1.0", "1e400", "-1.50E-07", "0.1", "true", "false", "null", "NaN",
            "-Infinity");
    private static final List<String> BLANKS = List.of("", "", " ", "\n", "\t", "\r\n", "   ");

    @Test
    void linesAreTheEventsAsSentWhateverTheSpacing() throws IOException {
        for (long seed = 1; seed <= 400; seed++) {
            Random random = new Random(seed);
            List<String> events = new ArrayList<>();
            List<String> members = new ArrayList<>();
            StringBuilder body = new StringBuilder();
            boolean array = random.nextBoolean();
            int count = random.nextInt(20);
            body.append(array || count == 0 ? "[" : "");
            for (int i = 0; i < count; i++) {
                List<String> tokens = event(random, members);
                events.add(String.join("", tokens));
                body.append(i == 0 ? "" : array ? "," : "\n");
                tokens.forEach(token -> body.append(blank(random)).append(token).append(blank(random)));
            }
            body.append(array || count == 0 ? "]" : "");
            byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
            SplitEvents split = SplitEvents.of(new StreamingEventSplitter(), SplitEvents.inPieces(bytes, random, 1 + random.nextInt(200)));
            assertEquals(events, split.lines, "seed " + seed);
            assertEquals(members, split.members, "seed " + seed);
            assertEquals(List.of(), split.rejected, "seed " + seed);
        }
    }

    @Test
    void aCutOrChangedBodyNeverGivesAnEventThatWasNotSent() throws IOException {
        for (long seed = 1; seed <= 2_000; seed++) {
            Random random = new Random(seed);
            List<String> sent = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                sent.add(String.join("", event(random, new ArrayList<>())));
            }
            byte[] body = ("[" + String.join(", ", sent) + "]").getBytes(StandardCharsets.UTF_8);
            byte[] cut = Arrays.copyOf(body, random.nextInt(body.length));
            SplitEvents split = new SplitEvents();
            HistoryException.Kind kind = null;
            try {
                new StreamingEventSplitter().split(new ByteArrayInputStream(cut), split);
            } catch (HistoryException e) {
                kind = e.kind();
            }
            assertEquals(HistoryException.Kind.INVALID, kind, "seed " + seed);
            assertTrue(sent.subList(0, split.lines.size()).equals(split.lines), "seed " + seed);
            assertEquals(List.of(), split.rejected, "seed " + seed);
        }
    }

    @Test
    void damageInTheMiddleNeverGivesALineThatIsNoJson() throws IOException {
        for (long seed = 1; seed <= 5_000; seed++) {
            Random random = new Random(seed);
            String text = "[" + String.join("", event(random, new ArrayList<>())) + "," + String.join("", event(random, new ArrayList<>())) + "]";
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            body[random.nextInt(body.length)] = (byte) " \n\"\\{}[],:0x-.u".charAt(random.nextInt(15));
            SplitEvents split = new SplitEvents();
            try {
                new StreamingEventSplitter().split(SplitEvents.inPieces(body, random, 100), split);
            } catch (HistoryException e) {
                assertEquals(HistoryException.Kind.INVALID, e.kind(), "seed " + seed);
            }
            for (String line : split.lines) {
                assertTrue(isJson(line), "seed " + seed + ": " + line);
                assertEquals(-1, line.indexOf('\n'), "seed " + seed);
            }
        }
    }

    private static boolean isJson(String line) {
        try (var parser = RecordParser.factory(JsonLimits.DEFAULT).createParser(line)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken().isScalarValue()) {
                    parser.getText();
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static List<String> event(Random random, List<String> members) {
        boolean snake = random.nextBoolean();
        String session = random.nextInt(4) == 0 ? "" : "session_" + random.nextInt(3);
        String id = random.nextInt(4) == 0 ? "" : "id+/" + random.nextInt();
        String job = random.nextInt(3) == 0 ? "" : "AQAAAA==" + random.nextInt(3);
        List<List<String>> fields = new ArrayList<>();
        if (!session.isEmpty()) {
            fields.add(List.of(snake ? "\"session_name\"" : "\"sessionName\"", ":", "\"" + session + "\""));
        }
        if (!id.isEmpty()) {
            fields.add(List.of(snake ? "\"event_id\"" : "\"eventId\"", ":", "\"" + id + "\""));
        }
        if (!job.isEmpty()) {
            fields.add(List.of(snake ? "\"task_lifecycle_event\"" : "\"taskLifecycleEvent\"", ":", "{", "\"x\"", ":", "{", "}", ",",
                    snake ? "\"job_id\"" : "\"jobId\"", ":", "\"" + job + "\"", "}"));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            List<String> field = new ArrayList<>(List.of("\"f" + i + TEXTS.get(random.nextInt(TEXTS.size())).substring(1), ":"));
            value(random, 3, field);
            fields.add(field);
        }
        Collections.shuffle(fields, random);
        List<String> tokens = new ArrayList<>(List.of("{"));
        for (List<String> field : fields) {
            if (tokens.size() > 1) {
                tokens.add(",");
            }
            tokens.addAll(field);
        }
        tokens.add("}");
        members.add(session + "|" + id + "|" + job + "|false");
        return tokens;
    }

    private static void value(Random random, int depth, List<String> tokens) {
        int kind = random.nextInt(depth == 0 ? 2 : 4);
        if (kind == 0) {
            tokens.add(TEXTS.get(random.nextInt(TEXTS.size())));
        } else if (kind == 1) {
            tokens.add(SCALARS.get(random.nextInt(SCALARS.size())));
        } else {
            tokens.add(kind == 2 ? "[" : "{");
            int count = random.nextInt(4);
            for (int i = 0; i < count; i++) {
                tokens.addAll(i == 0 ? List.of() : List.of(","));
                if (kind == 3) {
                    tokens.addAll(List.of("\"jobId\"", ":"));
                }
                value(random, depth - 1, tokens);
            }
            tokens.add(kind == 2 ? "]" : "}");
        }
    }

    private static String blank(Random random) {
        return BLANKS.get(random.nextInt(BLANKS.size()));
    }
}
