package io.rayhistory.adapters.json;

import io.rayhistory.application.port.EventCodec;
import io.rayhistory.domain.event.RayEvent;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a file held: the events, and each damage as {@code KIND detail}. */
final class CollectingSink implements EventCodec.Sink {
    final List<RayEvent> events = new ArrayList<>();
    final List<String> damages = new ArrayList<>();

    static CollectingSink of(String file) {
        return of(file.getBytes(StandardCharsets.UTF_8));
    }

    static CollectingSink of(byte[] file) {
        return of(new JacksonEventCodec(), file);
    }

    static CollectingSink of(EventCodec codec, byte[] file) {
        CollectingSink sink = new CollectingSink();
        try {
            codec.decode(new ByteArrayInputStream(file), sink);
        } catch (IOException e) {
            throw new AssertionError("a stream that cannot fail did", e);
        }
        return sink;
    }

    /** The only event of a file without damage. */
    static RayEvent only(String json) {
        CollectingSink sink = of(json);
        if (sink.events.size() != 1 || !sink.damages.isEmpty()) {
            throw new AssertionError("expected one event: " + sink.events + ", " + sink.damages);
        }
        return sink.events.get(0);
    }

    @Override
    public void event(RayEvent event) {
        events.add(event);
    }

    @Override
    public void damage(EventCodec.Damage damage, String detail) {
        damages.add(damage + " " + detail);
    }
}
