package io.rayhistory.application.collect;

import io.rayhistory.application.port.RayDashboard;
import io.rayhistory.domain.HistoryException;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A dashboard whose answers tests write. What was never written is a 404. */
final class InMemoryDashboard implements RayDashboard {
    final List<String> asked = new ArrayList<>();
    private final Map<String, String> bodies = new HashMap<>();
    private final Map<String, Integer> statuses = new HashMap<>();
    boolean dead;

    InMemoryDashboard answers(String target, String body) {
        return answers(target, 200, body);
    }

    InMemoryDashboard answers(String target, int status, String body) {
        bodies.put(target, body);
        statuses.put(target, status);
        return this;
    }

    @Override
    public Answer get(String target, Duration timeout) {
        asked.add(target);
        if (dead) {
            throw HistoryException.unavailable("connection refused", null);
        }
        byte[] body = bodies.getOrDefault(target, "no such page").getBytes(StandardCharsets.UTF_8);
        int status = statuses.getOrDefault(target, 404);
        return new Answer() {
            @Override
            public int status() {
                return status;
            }

            @Override
            public long length() {
                return body.length;
            }

            @Override
            public String sha256() {
                return new String(body, StandardCharsets.UTF_8); // as good as a hash here
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(body);
            }

            @Override
            public void close() {
                // nothing is held
            }
        };
    }

    @Override
    public String describe() {
        return "memory";
    }

    @Override
    public void close() {
        // nothing is held
    }
}
