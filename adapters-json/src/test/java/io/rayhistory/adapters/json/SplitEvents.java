package io.rayhistory.adapters.json;

import io.rayhistory.application.port.EventSplitter;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What came out of a body. */
class SplitEvents implements EventSplitter.Sink {
    final List<String> lines = new ArrayList<>();
    /** {@code session|eventId|jobId|hasTimestamp} of each event. */
    final List<String> members = new ArrayList<>();
    /** {@code reason: start} of each rejected element. */
    final List<String> rejected = new ArrayList<>();

    static SplitEvents of(String body) throws IOException {
        return of(new StreamingEventSplitter(), new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }

    static SplitEvents of(EventSplitter splitter, InputStream body) throws IOException {
        SplitEvents split = new SplitEvents();
        splitter.split(body, split);
        return split;
    }

    @Override
    public void event(EventSplitter.PostedEvent event) {
        lines.add(new String(event.bytes(), event.offset(), event.length(), StandardCharsets.UTF_8));
        members.add(event.session() + "|" + event.eventId() + "|" + event.jobId() + "|" + event.hasTimestamp());
    }

    @Override
    public void rejected(String reason, byte[] start, int length) {
        rejected.add(reason + ": " + new String(start, 0, length, StandardCharsets.UTF_8));
    }

    /** A body that arrives in pieces of any size, as from a socket. */
    static InputStream inPieces(byte[] body, Random random, int longest) {
        return new ByteArrayInputStream(body) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 1 + random.nextInt(longest)));
            }
        };
    }
}
