package io.rayhistory.application.collect;

import io.rayhistory.application.port.RayNode;
import io.rayhistory.application.port.RayNode.Mark;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.id.ClusterRef;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Follows which session the Ray node runs, and under which node id: by looking, once a second, never by waiting. A link
 * that is absent means nothing, a session that is not current any more goes on until its raylet is dead, and what was
 * left over by raylets before is told once.
 *
 * <p>{@link #look} is for one thread; the questions may be asked by any.
 */
final class SessionWatch {
    private static final System.Logger LOG = System.getLogger(SessionWatch.class.getName());
    /** Without a current session, old folders may still be of use to somebody for that long. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** The hook reads the id from the raylet's command line, which is there shortly before the socket. */
    private static final Duration HOOK_LEAD = Duration.ofSeconds(30);

    private final RayNode node;
    private final ClusterRef cluster;
    private final boolean head;
    private final String givenNodeId;
    private final NodeLookup lookup;
    private final InstantSource clock;
    private final List<SessionListener> listeners = new ArrayList<>();
    private final List<CollectedNode> fading = new ArrayList<>();
    private final Set<String> told = new HashSet<>();
    private volatile CollectedNode current;
    private volatile Instant diedAt;
    private volatile String trouble = "";
    private Instant started;
    private boolean leftOversTold;

    /** @param givenNodeId by the user, {@code ""} to find it out */
    SessionWatch(RayNode node, ClusterRef cluster, boolean head, String givenNodeId, NodeLookup lookup, InstantSource clock) {
        this.node = node;
        this.cluster = cluster;
        this.head = head;
        this.givenNodeId = givenNodeId;
        this.lookup = lookup;
        this.clock = clock;
    }

    /** Before the first {@link #look}. */
    void add(SessionListener listener) {
        listeners.add(listener);
    }

    Optional<CollectedNode> current() {
        return Optional.ofNullable(current);
    }

    /** True while the raylet of the current session accepts connections. */
    boolean alive() {
        CollectedNode now = current;
        boolean alive = now != null && node.answers(now.session());
        if (alive) {
            diedAt = null;
        } else if (diedAt == null) {
            diedAt = clock.instant();
        }
        return alive;
    }

    /** Since when {@link #alive} has answered false; empty if the last answer was another. */
    Optional<Instant> diedAt() {
        return Optional.ofNullable(diedAt);
    }

    /** Why there is no session, {@code ""} if there is one. */
    String sessionTrouble() {
        return current != null ? "" : trouble.isEmpty() ? "no session yet: waiting for Ray to make session_latest" : trouble;
    }

    /** Why the node id is not known, {@code ""} if it is. */
    String nodeTrouble() {
        CollectedNode now = current;
        return now != null && now.identified() ? "" : now == null ? "no session yet" : "node id not known yet: " + lookup.problem();
    }

    /** Looks once and tells the listeners what is new. A folder that cannot be read is logged once and tried again. */
    void look() {
        if (started == null) {
            started = clock.instant();
        }
        try {
            Optional<String> latest = node.latestSession();
            boolean changed = latest.isPresent() && (current == null || !latest.get().equals(current.session()));
            if (changed) {
                change(latest.get());
            } else if (current != null) {
                identify();
            }
            letFade();
            boolean settled = current != null || clock.instant().isAfter(started.plus(PATIENCE));
            if (changed || settled && !leftOversTold) {
                leftOversTold |= settled;
                tellLeftOvers();
            }
            trouble = "";
        } catch (HistoryException e) {
            if (!e.getMessage().equals(trouble)) {
                LOG.log(System.Logger.Level.WARNING, e.getMessage());
            }
            trouble = e.getMessage();
        }
    }

    private void change(String session) {
        CollectedNode before = current;
        if (before != null) {
            fading.add(before);
        }
        fading.removeIf(old -> old.session().equals(session));
        CollectedNode now = new CollectedNode(cluster, session, idOf(session), head);
        told.add(session);
        current = now;
        LOG.log(System.Logger.Level.INFO, "session {0}, node {1}", session, now.identified() ? now.nodeId() : "not known yet");
        tell(listener -> listener.current(now));
    }

    private void identify() {
        String id = idOf(current.session());
        if (!id.isEmpty() && !id.equals(current.nodeId())) {
            CollectedNode now = current.withNodeId(id);
            current = now;
            LOG.log(System.Logger.Level.INFO, "session {0}, node {1}", now.session(), id);
            tell(listener -> listener.current(now));
        }
    }

    private String idOf(String session) {
        if (!givenNodeId.isEmpty()) {
            return givenNodeId;
        }
        Optional<Instant> since = node.rayletSince(session);
        List<Mark> marks = node.marks(session);
        Optional<Mark> hook = node.hookMark()
                // What a hook told of the raylet before is there until it has run again.
                .filter(mark -> since.isEmpty() || mark.written().isAfter(since.get().minus(HOOK_LEAD)))
                .filter(mark -> marks.isEmpty() || marks.stream().anyMatch(own -> own.nodeId().equals(mark.nodeId())));
        if (hook.isPresent()) {
            return hook.get().nodeId();
        }
        if (!marks.isEmpty()) {
            return marks.get(0).nodeId();
        }
        return since.isPresent() ? lookup.nodeId(session, since) : "";
    }

    /** Somebody may have started a second cluster in the same root: then the first one goes on beside it. */
    private void letFade() {
        List<CollectedNode> gone = new ArrayList<>();
        for (CollectedNode old : fading) {
            if (!node.answers(old.session())) {
                gone.add(old);
            }
        }
        fading.removeAll(gone);
        gone.forEach(this::end);
    }

    private void tellLeftOvers() {
        for (String session : node.sessions()) {
            // One that lives and was never current is another cluster's: left alone for good.
            if (told.add(session) && !node.answers(session)) {
                end(new CollectedNode(cluster, session, "", head));
            }
        }
    }

    private void end(CollectedNode over) {
        CollectedNode ended = over.identified() ? over : over.withNodeId(formerId(over.session()));
        LOG.log(System.Logger.Level.INFO, "session {0} is over", ended.session());
        tell(listener -> listener.ended(ended));
    }

    private String formerId(String session) {
        List<Mark> marks = node.marks(session);
        return marks.isEmpty() ? node.loggedNodeId(session) : marks.get(0).nodeId();
    }

    /** The end is near: a current session whose node is not known gets the id that its raylet's log tells. */
    void settle() {
        CollectedNode now = current;
        String id = now == null || now.identified() ? "" : formerId(now.session());
        if (!id.isEmpty()) {
            CollectedNode settled = now.withNodeId(id);
            current = settled;
            tell(listener -> listener.current(settled));
        }
    }

    private void tell(Consumer<SessionListener> news) {
        for (SessionListener listener : listeners) {
            try {
                news.accept(listener);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "a part of the collector did not take the news of a session", e);
            }
        }
    }
}
