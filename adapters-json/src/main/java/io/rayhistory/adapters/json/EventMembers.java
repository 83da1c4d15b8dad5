package io.rayhistory.adapters.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.rayhistory.domain.layout.EventStream;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The few members of an event that say where it belongs, found by their names in both spellings while it is scanned. Not
 * thread-safe.
 */
final class EventMembers {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final byte[][] SESSION = spellings("sessionName");
    private static final byte[][] ID = spellings("eventId");
    private static final byte[][] TYPE = spellings("eventType");
    private static final byte[][] TIMESTAMP = spellings("timestamp");
    private static final byte[][] JOB = spellings("jobId");
    private static final byte[][][] BEARERS = EventStream.JOB_ID_BEARERS.stream().map(EventMembers::spellings)
            .toArray(byte[][][]::new);
    private static final int NONE = BEARERS.length;
    private static final int SHORTEST_BEARER = EventStream.JOB_ID_BEARERS.stream().mapToInt(String::length).min().orElseThrow();

    /** The last text of each kind, so that a batch of one session does not make its name a thousand times. */
    private final LastText sessions = new LastText();
    private final LastText jobs = new LastText();
    private final LastText types = new LastText();

    String session;
    String eventId;
    String type;
    boolean timestamp;
    private String jobId;
    private int bearer;
    private int jobBearer;
    private byte[][] wanted;

    void clear() {
        session = "";
        eventId = "";
        type = "";
        timestamp = false;
        jobId = "";
        jobBearer = NONE;
        bearer = NONE;
        wanted = null;
    }

    /** As sent; {@code ""} for events about nodes, whatever they hold. */
    String jobId() {
        return EventStream.aboutNodes(type) ? "" : jobId;
    }

    /** True if names and values at this depth matter: the event's own, and those of an object that may hold a job. */
    boolean watches(int depth) {
        return depth == 1 || depth == 2 && bearer != NONE;
    }

    /** A name at a watched depth: {@code bytes} from {@code from} to {@code to}, without its quotes. */
    void name(int depth, byte[] bytes, int from, int to, boolean escaped) throws IOException {
        if (escaped) {
            byte[] plain = unescaped(bytes, from, to).getBytes(StandardCharsets.UTF_8);
            name(depth, plain, 0, plain.length);
        } else {
            name(depth, bytes, from, to);
        }
    }

    private void name(int depth, byte[] bytes, int from, int to) {
        if (depth == 2) {
            wanted = among(JOB, bytes, from, to) ? JOB : null;
            return;
        }
        bearer = NONE;
        wanted = null;
        switch (to - from) {
            case 7, 8 -> wanted = among(ID, bytes, from, to) ? ID : null;
            case 9, 10 -> wanted = among(TYPE, bytes, from, to) ? TYPE : among(TIMESTAMP, bytes, from, to) ? TIMESTAMP : null;
            case 11, 12 -> wanted = among(SESSION, bytes, from, to) ? SESSION : null;
            default -> { }
        }
        for (int i = 0; to - from >= SHORTEST_BEARER && bearer == NONE && i < NONE; i++) {
            bearer = among(BEARERS[i], bytes, from, to) ? i : NONE;
        }
    }

    /** The text that is the value of the last name; {@code bytes} from {@code from} to {@code to}, without its quotes. */
    void text(int depth, byte[] bytes, int from, int to, boolean escaped) throws IOException {
        if (wanted == null) {
            return;
        }
        if (wanted == TIMESTAMP) {
            timestamp = true;
        } else if (wanted == ID) {
            eventId = escaped ? unescaped(bytes, from, to) : new String(bytes, from, to - from, StandardCharsets.UTF_8);
        } else if (wanted == SESSION) {
            session = escaped ? unescaped(bytes, from, to) : sessions.of(bytes, from, to);
        } else if (wanted == TYPE) {
            type = escaped ? unescaped(bytes, from, to) : types.of(bytes, from, to);
        } else if (depth == 2 && to > from && bearer < jobBearer) {
            jobId = escaped ? unescaped(bytes, from, to) : jobs.of(bytes, from, to);
            jobBearer = bearer;
        }
        wanted = null;
    }

    /** The number that is the value of the last name: a job may be one. */
    void number(int depth, byte[] bytes, int from, int to) {
        if (wanted == JOB && depth == 2 && bytes[from] <= '9' && bearer < jobBearer) {
            jobId = jobs.of(bytes, from, to);
            jobBearer = bearer;
        }
        wanted = null;
    }

    private static String unescaped(byte[] bytes, int from, int to) throws IOException {
        try (JsonParser parser = FACTORY.createParser(bytes, from - 1, to - from + 2)) {
            parser.nextToken();
            return parser.getText();
        }
    }

    private static boolean among(byte[][] spellings, byte[] bytes, int from, int to) {
        for (byte[] spelling : spellings) {
            if (spelling.length == to - from && Arrays.equals(spelling, 0, spelling.length, bytes, from, to)) {
                return true;
            }
        }
        return false;
    }

    private static byte[][] spellings(String camelCase) {
        return new byte[][]{camelCase.getBytes(StandardCharsets.US_ASCII), SnakeCase.of(camelCase).getBytes(StandardCharsets.US_ASCII)};
    }

    private static final class LastText {
        private byte[] bytes = {};
        private String text = "";

        String of(byte[] from, int start, int end) {
            if (!Arrays.equals(bytes, 0, bytes.length, from, start, end)) {
                bytes = Arrays.copyOfRange(from, start, end);
                text = new String(bytes, StandardCharsets.UTF_8);
            }
            return text;
        }
    }
}
