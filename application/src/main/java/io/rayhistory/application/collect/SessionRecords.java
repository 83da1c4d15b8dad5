package io.rayhistory.application.collect;

import io.rayhistory.application.port.DashboardCodec;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.application.port.RayNode;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.id.SessionKey;
import io.rayhistory.domain.layout.StorageLayout;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Tells the store that a session exists, what is known of it, that it lives, and when it ended: the marker and the three
 * {@code history__} objects (spec: storage-layouts.md, section 7). Every node's collector makes the marker and the info if
 * they are not there; only the head's writes the rest, so that each object has one writer.
 *
 * <p>News is taken at once and written by {@link #work}, again and again until the store has it. Thread-safe.
 */
final class SessionRecords implements SessionListener {
    private static final System.Logger LOG = System.getLogger(SessionRecords.class.getName());
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration HEARTBEAT = Duration.ofSeconds(60);

    /** One write that the store has not confirmed. */
    private interface Write {
        void to(ObjectStore store);
    }

    private final ObjectStore store;
    private final StorageLayout layout;
    private final DashboardCodec codec;
    private final RayNode node;
    private final String version;
    private final InstantSource clock;
    /** By object name: at most a few for each session that lies in Ray's root. */
    private final Map<String, Write> outstanding = new LinkedHashMap<>();
    private final Map<String, String> learned = new HashMap<>();
    private CollectedNode current;
    private Duration pause = Duration.ofSeconds(1);
    private Instant next = Instant.MIN;
    private Instant nextHeartbeat = Instant.MIN;
    private String trouble = "";

    /** @param version of this program, for people who look into a store */
    SessionRecords(ObjectStore store, StorageLayout layout, DashboardCodec codec, RayNode node, String version, InstantSource clock) {
        this.store = store;
        this.layout = layout;
        this.codec = codec;
        this.node = node;
        this.version = version;
        this.clock = clock;
    }

    @Override
    public synchronized void current(CollectedNode now) {
        boolean another = current == null || !current.key().equals(now.key());
        current = now;
        if (another) {
            learned.clear();
            begin(now);
            if (now.head() && node.answers(now.session())) {
                // A head that was restarted with its cluster's state goes on with a session that had ended.
                write(end(now.key()), target -> target.delete(end(now.key())));
            }
        }
        tellAll();
    }

    @Override
    public synchronized void ended(CollectedNode over) {
        begin(over);
        if (over.head()) {
            Instant time = node.lastWritten(over.session()).orElseGet(clock::instant);
            byte[] text = ending(time, "another session followed", over);
            write(end(over.key()), target -> target.putIfAbsent(end(over.key()), new ByteArrayInputStream(text)));
        }
    }

    /** A session of which only logs are left. */
    synchronized void announce(CollectedNode former) {
        begin(former);
    }

    /** What an answer of the dashboard told of a session, such as {@code rayVersion}. */
    synchronized void learn(SessionKey session, Map<String, String> fields) {
        if (current != null && current.key().equals(session)) {
            learned.putAll(fields);
            tellAll();
        }
    }

    /**
     * Writes what is outstanding, and the heartbeat when it is time. To be called every second or so, by one thread.
     *
     * @param alive whether Ray lives; asked only when it is time for a heartbeat
     */
    void work(BooleanSupplier alive) {
        Map.Entry<String, Write> first = begun(alive);
        while (first != null) {
            try {
                first.getValue().to(store);
            } catch (HistoryException e) {
                later(e);
                return;
            }
            first = following(first);
        }
    }

    /**
     * Writes the end of the session, and all that is outstanding.
     *
     * @param died when Ray was seen to be dead; empty if it lives
     * @throws HistoryException if the store does not take it
     */
    void end(CollectedNode over, Optional<Instant> died) {
        synchronized (this) {
            if (over.head()) {
                byte[] text = ending(died.orElseGet(clock::instant), died.isPresent() ? "Ray stopped" : "the collector stopped", over);
                write(end(over.key()), target -> target.put(end(over.key()), new ByteArrayInputStream(text)));
            }
            next = Instant.MIN;
        }
        work(() -> false);
        String missing = trouble();
        if (!missing.isEmpty()) {
            throw HistoryException.unavailable(missing, null);
        }
    }

    /** Why something is not written yet, {@code ""} if everything is. */
    synchronized String trouble() {
        return trouble;
    }

    private void begin(CollectedNode session) {
        String marker = layout.marker(session.key());
        write(marker, target -> target.putIfAbsent(marker, new ByteArrayInputStream(new byte[0])));
        String info = layout.endpoint(session.key(), "history__session_info");
        byte[] text = info(session);
        write(info, target -> target.putIfAbsent(info, new ByteArrayInputStream(text)));
    }

    /** Once everything is known, the head's own words replace those of whoever came first. */
    private void tellAll() {
        if (current.head() && current.identified() && learned.containsKey("rayVersion")) {
            String info = layout.endpoint(current.key(), "history__session_info");
            byte[] text = info(current);
            write(info, target -> target.put(info, new ByteArrayInputStream(text)));
        }
    }

    private byte[] info(CollectedNode session) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("collector", "rayhistory " + version);
        fields.put("clock", clock.instant().toString());
        if (session.head()) {
            fields.put("headNode", session.nodeId());
        }
        if (session.equals(current)) {
            copy("rayVersion", "rayVersion", fields);
            copy("value", "zone", fields);
            copy("offset", "zoneOffset", fields);
        }
        return codec.write(fields);
    }

    private void copy(String from, String to, Map<String, String> fields) {
        if (learned.containsKey(from)) {
            fields.put(to, learned.get(from));
        }
    }

    private byte[] ending(Instant time, String reason, CollectedNode over) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("time", time.toString());
        fields.put("reason", reason);
        fields.put("node", over.nodeId());
        return codec.write(fields);
    }

    private String end(SessionKey session) {
        return layout.endpoint(session, "history__session_end");
    }

    private void write(String name, Write write) {
        outstanding.remove(name);
        outstanding.put(name, write);
    }

    private synchronized Map.Entry<String, Write> begun(BooleanSupplier alive) {
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return null;
        }
        if (current != null && current.head() && !now.isBefore(nextHeartbeat) && alive.getAsBoolean()) {
            nextHeartbeat = now.plus(HEARTBEAT);
            String name = layout.endpoint(current.key(), "history__heartbeat");
            byte[] text = codec.write(new LinkedHashMap<>(Map.of("time", now.toString())));
            write(name, target -> target.put(name, new ByteArrayInputStream(text)));
        }
        return first();
    }

    private Map.Entry<String, Write> first() {
        return outstanding.isEmpty() ? null : Map.entry(outstanding.keySet().iterator().next(), outstanding.values().iterator().next());
    }

    private synchronized Map.Entry<String, Write> following(Map.Entry<String, Write> done) {
        outstanding.remove(done.getKey(), done.getValue()); // unless something newer has taken its place
        pause = Duration.ofSeconds(1);
        trouble = "";
        return first();
    }

    private synchronized void later(HistoryException failure) {
        if (!failure.getMessage().equals(trouble)) {
            LOG.log(System.Logger.Level.WARNING, "a session cannot be announced yet: {0}", failure.getMessage());
        }
        trouble = failure.getMessage();
        next = clock.instant().plus(pause);
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }
}
