package io.rayhistory.adapters.http;

import io.rayhistory.application.read.SessionEntry;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which sessions differ from another one in nothing but their owner: links must tell it. */
final class DoubleNames {
    private final Set<List<String>> twice = new HashSet<>();

    DoubleNames(List<SessionEntry> sessions) {
        Set<List<String>> once = new HashSet<>();
        for (SessionEntry entry : sessions) {
            if (!once.add(name(entry))) {
                twice.add(name(entry));
            }
        }
    }

    boolean contain(SessionEntry entry) {
        return twice.contains(name(entry));
    }

    private static List<String> name(SessionEntry entry) {
        return List.of(entry.key().cluster().namespace(), entry.key().cluster().name(), entry.key().session());
    }
}
