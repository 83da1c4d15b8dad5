package io.rayhistory.application.collect;

import io.rayhistory.application.port.EventSplitter;
import io.rayhistory.application.port.EventSplitter.PostedEvent;
import io.rayhistory.domain.HistoryException;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/**
 * Lines of events as members of a JSON array, and the array's end, made while they are read. A line that is no event would
 * spoil the whole array and is put aside. Holds some lines at a time, at least one. Not thread-safe.
 */
final class ArrayLines extends MadeStream {
    /** What stands behind the last member. */
    static final byte[] END = "\n]".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NEXT = ",\n".getBytes(StandardCharsets.US_ASCII);
    private static final int CHUNK = 256 << 10;

    private final InputStream lines;
    private final EventSplitter splitter;
    private final Predicate<PostedEvent> wanted;
    private final Rejects rejects;
    private boolean members;

    /** Where lines go that are no events. */
    @FunctionalInterface
    interface Rejects {
        void reject(String reason, byte[] start, int offset, int length);
    }

    /**
     * @param begins  whether the array begins here; else this goes behind what there is of it
     * @param members whether members come before
     */
    ArrayLines(InputStream lines, EventSplitter splitter, Predicate<PostedEvent> wanted, Rejects rejects, boolean begins, boolean members) {
        this.lines = new BufferedInputStream(lines);
        this.splitter = splitter;
        this.wanted = wanted;
        this.rejects = rejects;
        this.members = members;
        if (begins) {
            pending.write('[');
        }
    }

    /** True if the array has a member by now. */
    boolean members() {
        return members;
    }

    @Override
    boolean make() throws IOException {
        byte[] some = wholeLines(lines);
        if (some.length == 0) {
            pending.write(END);
            return false;
        }
        events(some, splitter, event -> {
            if (wanted.test(event)) {
                pending.write(NEXT, members ? 0 : 1, members ? 2 : 1);
                pending.write(event.bytes(), event.offset(), event.length());
                members = true;
            }
        }, rejects);
        return true;
    }

    /** What is done with an event; its bytes are lent. */
    @FunctionalInterface
    interface EventUser {
        void use(PostedEvent event);
    }

    /** Hands out the events of lines to their end. */
    static void each(InputStream lines, EventSplitter splitter, EventUser user) throws IOException {
        InputStream buffered = new BufferedInputStream(lines);
        for (byte[] some = wholeLines(buffered); some.length > 0; some = wholeLines(buffered)) {
            events(some, splitter, user, (reason, start, offset, length) -> { });
        }
    }

    private static byte[] wholeLines(InputStream lines) throws IOException {
        byte[] some = lines.readNBytes(CHUNK);
        if (some.length < CHUNK || some[CHUNK - 1] == '\n') {
            return some;
        }
        ByteArrayOutputStream longer = new ByteArrayOutputStream(CHUNK + CHUNK / 8);
        longer.writeBytes(some);
        for (int next = lines.read(); next >= 0; next = lines.read()) {
            longer.write(next);
            if (next == '\n') {
                break;
            }
        }
        return longer.toByteArray();
    }

    private static void events(byte[] some, EventSplitter splitter, EventUser user, Rejects rejects) throws IOException {
        boolean[] sound = {true};
        split(some, 0, some.length, splitter, event -> { }, (reason, start, offset, length) -> sound[0] = false);
        if (sound[0]) {
            split(some, 0, some.length, splitter, user, rejects);
            return;
        }
        // A torn line would take the next one with it.
        for (int from = 0, to; from < some.length; from = to) {
            to = from + 1;
            while (to < some.length && some[to - 1] != '\n') {
                to++;
            }
            split(some, from, to - from, splitter, user, rejects);
        }
    }

    private static void split(byte[] some, int from, int length, EventSplitter splitter, EventUser user, Rejects rejects) throws IOException {
        boolean[] told = {false};
        try {
            splitter.split(new ByteArrayInputStream(some, from, length), new EventSplitter.Sink() {
                @Override
                public void event(PostedEvent event) {
                    user.use(event);
                }

                @Override
                public void rejected(String reason, byte[] start, int size) {
                    told[0] = true;
                    rejects.reject(reason, start, 0, size);
                }
            });
        } catch (HistoryException noEvents) {
            if (noEvents.kind() != HistoryException.Kind.INVALID) {
                throw noEvents;
            }
            if (!told[0] && !new String(some, from, length, StandardCharsets.ISO_8859_1).isBlank()) {
                rejects.reject("no JSON", some, from, length);
            }
        }
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
