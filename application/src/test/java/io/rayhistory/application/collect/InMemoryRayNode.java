package io.rayhistory.application.collect;

import io.rayhistory.application.port.RayNode;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A Ray root that tests arrange as they like. */
final class InMemoryRayNode implements RayNode {
    final Set<String> sessions = new TreeSet<>();
    final Set<String> living = new HashSet<>();
    final Map<String, Instant> since = new HashMap<>();
    final Map<String, List<Mark>> marks = new HashMap<>();
    final Map<String, String> logged = new HashMap<>();
    final Map<String, Instant> written = new HashMap<>();
    Optional<String> latest = Optional.empty();
    Optional<Mark> hook = Optional.empty();

    /** A session whose raylet answers, with the link on it. */
    void runs(String session) {
        sessions.add(session);
        living.add(session);
        latest = Optional.of(session);
    }

    /** The node id becomes known as Ray 2.60 leaves it. */
    void leaves(String session, String nodeId, Instant when) {
        List<Mark> all = new ArrayList<>(marks.getOrDefault(session, List.of()));
        all.add(0, new Mark(nodeId, when));
        marks.put(session, all);
    }

    @Override
    public Optional<String> latestSession() {
        return latest;
    }

    @Override
    public List<String> sessions() {
        return List.copyOf(sessions);
    }

    @Override
    public boolean answers(String session) {
        return living.contains(session);
    }

    @Override
    public Optional<Instant> rayletSince(String session) {
        return Optional.ofNullable(since.get(session));
    }

    @Override
    public List<Mark> marks(String session) {
        return marks.getOrDefault(session, List.of());
    }

    @Override
    public Optional<Mark> hookMark() {
        return hook;
    }

    @Override
    public String loggedNodeId(String session) {
        return logged.getOrDefault(session, "");
    }

    @Override
    public Optional<Instant> lastWritten(String session) {
        return Optional.ofNullable(written.get(session));
    }
}
