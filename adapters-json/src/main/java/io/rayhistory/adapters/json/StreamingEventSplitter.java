package io.rayhistory.adapters.json;

import io.rayhistory.application.port.EventSplitter;
import io.rayhistory.domain.HistoryException;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;

/**
 * {@link EventSplitter} that looks at each byte once and copies it. A body being split holds 160 KiB, and more for a larger
 * event only as long as the budget shared by all bodies lasts. Thread-safe.
 */
public final class StreamingEventSplitter implements EventSplitter {
    private static final int MAX_EVENT_BYTES = 16 << 20;
    /** Enough for one event of the largest size and some ordinary large ones. */
    private static final int LARGE_EVENTS_BUDGET = 24 << 20;

    private final int maxEventBytes;
    private final Semaphore budget;

    /** With the limits of collector.md: 16 MiB an event, 24 MiB for all large events together. */
    public StreamingEventSplitter() {
        this(MAX_EVENT_BYTES, LARGE_EVENTS_BUDGET);
    }

    StreamingEventSplitter(int maxEventBytes, int largeEventsBudget) {
        this.maxEventBytes = maxEventBytes;
        this.budget = new Semaphore(largeEventsBudget);
    }

    @Override
    public void split(InputStream body, Sink sink) throws IOException {
        EventBytes bytes = new EventBytes(maxEventBytes, budget);
        try {
            new Body(new BodySource(body), bytes, sink).split();
        } finally {
            bytes.release();
        }
    }

    /** One body being split. */
    private final class Body {
        private final BodySource source;
        private final EventBytes bytes;
        private final Sink sink;
        private final EventMembers members = new EventMembers();
        private final EventScan scan;
        private boolean anyJson;
        private boolean anyArray;

        Body(BodySource source, EventBytes bytes, Sink sink) {
            this.source = source;
            this.bytes = bytes;
            this.sink = sink;
            this.scan = new EventScan(source, bytes, members);
        }

        void split() throws IOException {
            source.skipMark();
            for (int first = source.peek(); first >= 0; first = source.peek()) {
                if (first == '[') {
                    array();
                } else {
                    value(true);
                }
            }
            if (!anyJson) {
                throw HistoryException.invalid("the body is no JSON; expected an array of events");
            }
        }

        private void array() throws IOException {
            source.at++;
            int first = source.peek();
            boolean more = first != ']';
            while (more) {
                if (first < 0) {
                    throw endsEarly();
                }
                if (first == ',' || first == ']') {
                    throw HistoryException.invalid("the body is no JSON: a value is missing in the array of events");
                }
                value(false);
                int behind = source.peek();
                if (behind >= 0 && behind != ',' && behind != ']') {
                    throw HistoryException.invalid("the body is no JSON: expected ',' or ']' behind an event of the array");
                }
                more = behind != ']';
                if (more && behind == ',') {
                    source.at++;
                    first = source.peek();
                } else if (more) {
                    throw endsEarly();
                }
            }
            source.at++;
            anyJson = true;
            anyArray = true;
        }

        private void value(boolean lines) throws IOException {
            if (!scan.read(lines)) {
                throw endsEarly();
            }
            if (bytes.isOversize()) {
                anyJson = true;
                sink.rejected("larger than " + maxEventBytes + " bytes", bytes.bytes, Math.min(bytes.length, EventBytes.KEPT));
            } else if (lines && anyArray && !scan.damage().isEmpty()) {
                throw HistoryException.invalid("the body is no JSON: something follows the array of events");
            } else if (!scan.damage().isEmpty()) {
                sink.rejected(scan.damage(), bytes.bytes, Math.min(bytes.length, EventBytes.KEPT));
            } else {
                anyJson = true;
                deliver(lines);
            }
        }

        private void deliver(boolean lines) throws IOException {
            if (bytes.bytes[0] == '{') {
                sink.event(new PostedEvent(members.session, members.eventId, members.jobId(), members.timestamp, bytes.bytes, 0,
                        bytes.length));
            } else if (!lines || bytes.bytes[0] != 'n') {
                // Ray's own sender may post a bare null for "no events"; anything else was meant to be one.
                sink.rejected("no JSON object", bytes.bytes, Math.min(bytes.length, EventBytes.KEPT));
            }
        }

        private HistoryException endsEarly() {
            return HistoryException.invalid("the body ends early, in the middle of an event or of the array");
        }
    }
}
