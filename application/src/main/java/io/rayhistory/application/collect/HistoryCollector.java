package io.rayhistory.application.collect;

import io.rayhistory.application.port.EventSpool;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.layout.RootDir;
import io.rayhistory.domain.layout.StorageLayout;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;

/**
 * Collects the history of one Ray node while it is made: the door for programs that embed a collector, and what {@code
 * rayhistory collect} runs. {@link #start} begins; {@link #stop} ends in an orderly way. What a killed collector had not
 * sent lies in the spool, and in Ray's folder, for the next one.
 *
 * <p>Thread-safe. Its threads are daemons of its own. Nothing here ever gives up because Ray, the dashboard or the store is
 * slow or away: {@link #missing} tells what it waits for.
 */
public final class HistoryCollector implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(HistoryCollector.class.getName());
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration LAST_ROUND = Duration.ofSeconds(10);
    private static final Duration LAST_RECORDS = Duration.ofSeconds(2);
    /** Watch, spool, records, dashboard, node id, store, and one to spare for the end. */
    private static final int CHORES = 7;

    private final CollectorSettings settings;
    private final CollectorParts parts;
    private final CollectorThreads threads;
    private final SessionWatch watch;
    private final SessionRecords records;
    private final EndpointCollection endpoints;
    private final SpoolNodes nodes;
    private final SpoolUploader uploader;
    private final StoreHealth health;
    private volatile Stopping stopping;

    private HistoryCollector(CollectorParts parts, CollectorSettings settings, InstantSource clock) {
        this.settings = settings;
        this.parts = parts;
        this.threads = new CollectorThreads(CHORES, settings.upload().parallel());
        String rootPrefix = RootDir.of(settings.rootDir()).prefix();
        StorageLayout layout = StorageLayout.clusterHistory(rootPrefix);
        layout.markersOf(settings.cluster()); // refuses unsafe names
        this.health = new StoreHealth(parts.store(), clock);
        NodeLookup lookup = new NodeLookup(parts.nodes(), settings.podAddress(), parts.codec(), threads.chores(), clock);
        this.watch = new SessionWatch(parts.node(), settings.cluster(), settings.head(), settings.nodeId(), lookup, clock);
        this.records = new SessionRecords(parts.store(), layout, parts.codec(), parts.node(), settings.version(), clock);
        this.endpoints = new EndpointCollection(parts.dashboard(), parts.codec(), parts.store(), layout, records, settings.endpoints(), clock);
        this.nodes = new SpoolNodes(parts.spool());
        this.uploader = new SpoolUploader(parts.spool(), parts.store(), rootPrefix, settings.cluster(), settings.upload(), threads.senders(),
                UploadMetrics.NONE);
        watch.add(records);
        watch.add(nodes);
    }

    /**
     * Begins to collect.
     *
     * @throws HistoryException INVALID for cluster names or a root that cannot be part of stored names
     */
    public static HistoryCollector start(CollectorParts parts, CollectorSettings settings, InstantSource clock) {
        HistoryCollector collector = new HistoryCollector(parts, settings, clock);
        collector.begin();
        return collector;
    }

    private void begin() {
        threads.every(TICK, "looking at Ray's sessions", watch::look);
        threads.every(TICK, "announcing sessions", () -> records.work(watch::alive));
        threads.every(TICK, "asking the store", health::work);
        threads.every(TICK, "sending events", () -> {
            nodes.work();
            parts.spool().tick();
            uploader.pass();
        });
        if (settings.head()) {
            threads.every(TICK, "asking the dashboard", () -> watch.current().filter(node -> stopping == null).ifPresent(endpoints::tick));
        }
    }

    /** What it waits for: {@code session}, {@code node id}, {@code storage}, {@code dashboard} to the reason. Empty if nothing. */
    public Map<String, String> missing() {
        Map<String, String> missing = new LinkedHashMap<>();
        put(missing, "session", watch.sessionTrouble());
        put(missing, "node id", watch.nodeTrouble());
        put(missing, "storage", health.trouble());
        put(missing, "dashboard", settings.head() ? endpoints.trouble() : "");
        return missing;
    }

    private static void put(Map<String, String> missing, String what, String why) {
        if (!why.isEmpty()) {
            missing.put(what, why);
        }
    }

    /** What came of asking the dashboard so far; nothing on workers. */
    public List<PollCount> polls() {
        return endpoints.counts();
    }

    /** The session and node it collects now. */
    public Optional<CollectedNode> current() {
        return watch.current();
    }

    /**
     * Goes on until Ray has ended and is silent, or the grace is nearly over; then sends what is left, and ends. Blocks for
     * at most about the grace. A second call waits for nothing and answers the same.
     *
     * @return bytes that could not be sent and stay on this machine's disk
     */
    public long stop() {
        stopping = new Stopping(settings.grace());
        LOG.log(System.Logger.Level.INFO, "stopping, within {0} s", settings.grace().toSeconds());
        Optional<CollectedNode> node = watch.current();
        Future<Boolean> lastRound = threads.begin(() -> {
            node.filter(CollectedNode::head).ifPresent(head -> endpoints.lastRound(head, LAST_ROUND));
            return true;
        });
        stopping.await(() -> lastRound.isDone() && !watch.alive());
        parts.spool().stop();
        long unsent = uploader.finish(Duration.ofNanos(stopping.left()));
        return unsent;
    }

    /** Told to stop already, and now in a hurry. */
    public void hurry() {
        Stopping now = stopping;
        if (now != null) {
            now.hurry();
        }
    }

    /** Ends at once; what is not sent waits for the next start. */
    @Override
    public void close() {
        threads.end();
    }
}
