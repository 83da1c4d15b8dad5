package io.rayhistory.application.collect;

import io.rayhistory.application.port.EventSpool;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.application.port.RayFolder;
import io.rayhistory.application.port.RayFolder.LogFile;
import io.rayhistory.application.port.RayFolder.LogFolder;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.layout.RootDir;
import io.rayhistory.domain.layout.StorageLayout;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;

/**
 * Collects the history of one Ray node while it is made: the door for programs that embed a collector, and what {@code
 * rayhistory collect} runs. A collector takes events from the moment it is {@linkplain #of made}; {@link #start} begins
 * everything else, {@link #stop} ends it in an orderly way. What a killed collector had not sent lies in the spool, and in
 * Ray's folder, for the next one.
 *
 * <p>Thread-safe. Its threads are daemons of its own. Nothing here ever gives up because Ray, the dashboard or the store is
 * slow or away: {@link #missing} tells what it waits for.
 */
public final class HistoryCollector implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(HistoryCollector.class.getName());
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration LAST_ROUND = Duration.ofSeconds(10);
    private static final Duration LAST_RECORDS = Duration.ofSeconds(2);
    private static final Duration SILENCE = Duration.ofSeconds(2);
    private static final int REQUEST_BURST_SECONDS = 10;
    /** Watch, spool, logs, earlier logs, records, dashboard, node id, store, and one to spare for the end. */
    private static final int CHORES = 9;

    private final CollectorSettings settings;
    private final EventSpool spool;
    private final CollectorThreads threads;
    private final StoreHealth health;
    private final EventIntake intake;
    private final SpoolUploader uploader;
    private final RayFolder folder;
    private final LogCollection logs;
    private final PreviousLogs previous;
    private final SessionWatch watch;
    private final SessionRecords records;
    private final EndpointCollection endpoints;
    private final NodeNews eventNews;
    private final NodeNews logNews;
    private final CollectorCounts counts;
    /** The chore and the end never send at the same time. */
    private final Object sendingEvents = new Object();
    private final Object sendingLogs = new Object();
    private boolean begun;
    private volatile boolean finishing;
    private volatile Stopping stopping;
    private Optional<Long> unsent = Optional.empty();

    private HistoryCollector(CollectorParts parts, CollectorSettings settings, InstantSource clock) {
        this.settings = settings;
        this.spool = parts.spool();
        this.folder = parts.logs();
        boolean once = settings.writeOnce();
        LogSettings growing = LogSettings.usual().withIntervals(settings.pace().scan(), settings.pace().upload());
        LogSettings logSettings = once ? growing.writtenOnce() : growing;
        this.threads = new CollectorThreads(CHORES, settings.upload().parallel() + logSettings.uploads());
        String rootPrefix = RootDir.of(settings.rootDir()).prefix();
        StorageLayout layout = settings.metadir() ? StorageLayout.metadir(rootPrefix) : StorageLayout.clusterHistory(rootPrefix);
        layout.markersOf(settings.cluster()); // refuses unsafe names
        this.health = new StoreHealth(parts.store(), clock);
        CountedStore counted = new CountedStore(parts.store(), health::doubt);
        ObjectStore store = once ? new WriteOnceStore(counted) : counted;
        this.intake = new EventIntake(parts.splitter(), spool, IntakeLimits.DEFAULTS);
        RequestBudget budget = new RequestBudget(settings.pace().requestsPerSecond(),
                (int) Math.ceil(settings.pace().requestsPerSecond() * REQUEST_BURST_SECONDS), System::nanoTime);
        this.logs = new LogCollection(folder, parts.journals(), store, layout, logSettings, budget, threads.senders(), System::nanoTime);
        this.records = new SessionRecords(store, layout, parts.codec(), parts.node(), settings.version(), clock);
        this.previous = new PreviousLogs(folder, store, layout, settings.cluster(), settings.head(), records::announce, clock);
        this.endpoints = new EndpointCollection(parts.dashboard(), parts.codec(), store, layout, records,
                once ? settings.endpoints().writtenOnce() : settings.endpoints(), clock);
        this.counts = new CollectorCounts(intake, spool, () -> settings.logs() ? Optional.of(logs.stats()) : Optional.empty(), counted,
                endpoints::counts, clock);
        StoredEvents.Maker objects = settings.metadir() ? session -> new HourArray(spool, store, parts.splitter(), layout, session, counts)
                : session -> new EventObject(spool, store, layout, session, settings.upload().gzip(), counts);
        this.uploader = new SpoolUploader(spool, store, layout, objects, settings.cluster(),
                once ? settings.upload().writtenOnce() : settings.upload(), threads.senders(), counts);
        NodeLookup lookup = new NodeLookup(parts.nodes(), settings.podAddress(), parts.codec(), threads.chores(), clock);
        this.watch = new SessionWatch(parts.node(), settings.cluster(), settings.head(), settings.nodeId(), lookup, clock);
        this.eventNews = new NodeNews(node -> {
            spool.nodeIs(node.session(), node.nodeId());
            // Events may name sessions that nobody saw here; they came through this node all the same.
            spool.nodeIs("", node.nodeId());
        }, node -> spool.nodeIs(node.session(), node.nodeId()));
        this.logNews = new NodeNews(node -> logs.open(node.key(), node.nodeId()), node -> logs.end(node.key(), node.nodeId()));
    }

    /**
     * A collector that takes {@link #events} and does nothing else yet.
     *
     * @throws HistoryException INVALID for cluster names or a root that cannot be part of stored names
     */
    public static HistoryCollector of(CollectorParts parts, CollectorSettings settings, InstantSource clock) {
        return new HistoryCollector(parts, settings, clock);
    }

    /** Begins to collect, once. */
    public synchronized void start() {
        if (begun) {
            return;
        }
        begun = true;
        watch.add(records);
        threads.every(TICK, "announcing sessions", () -> records.work(() -> !settings.writeOnce() && watch.alive()));
        threads.every(TICK, "asking the store", health::work);
        if (settings.events()) {
            watch.add(eventNews);
            threads.every(TICK, "sending events", this::sendEvents);
        }
        if (settings.logs()) {
            watch.add(logNews);
            threads.every(TICK, "sending earlier logs", this::sendPrevious);
            threads.begin(() -> {
                threads.again("sending logs", TICK, this::sendLogs);
                return true;
            });
        }
        if (settings.head()) {
            threads.every(TICK, "asking the dashboard", () -> watch.current().filter(node -> stopping == null).ifPresent(endpoints::tick));
        }
        threads.every(TICK, "looking at Ray's sessions", watch::look);
    }

    private void sendEvents() {
        synchronized (sendingEvents) {
            if (!finishing) {
                eventNews.work();
                spool.tick();
                uploader.pass();
            }
        }
    }

    private Duration sendLogs() {
        synchronized (sendingLogs) {
            if (finishing) {
                return TICK;
            }
            logNews.work();
            return logs.scan();
        }
    }

    private void sendPrevious() {
        synchronized (previous) {
            previous.work();
        }
    }

    /** Where events are handed in. */
    public EventIntake events() {
        return intake;
    }

    /** What it did so far. */
    public CollectorFigures figures() {
        return counts;
    }

    /** The session and node it collects now. */
    public Optional<CollectedNode> current() {
        return watch.current();
    }

    /** What it waits for: {@code session}, {@code node id}, {@code storage}, {@code dashboard} to the reason. Empty if nothing. */
    public Map<String, String> missing() {
        Map<String, String> missing = new LinkedHashMap<>();
        missing.put("session", watch.sessionTrouble());
        missing.put("node id", watch.nodeTrouble());
        missing.put("storage", health.trouble());
        missing.put("dashboard", settings.head() ? endpoints.trouble() : "");
        missing.values().removeIf(String::isEmpty);
        return missing;
    }

    /**
     * Goes on until Ray has ended and no event came for two seconds, or the grace is nearly over; then refuses events, sends
     * what is left, and ends. Blocks for about the grace at most. Another call answers the same.
     *
     * @return bytes that could not be sent; they stay on this machine's disk
     */
    public synchronized long stop() {
        if (unsent.isEmpty()) {
            unsent = Optional.of(end(new Stopping(settings.grace())));
            close();
        }
        return unsent.get();
    }

    private long end(Stopping time) {
        stopping = time;
        LOG.log(System.Logger.Level.INFO, "stopping, within {0} s", settings.grace().toSeconds());
        Future<Boolean> lastRound = threads.begin(() -> {
            watch.current().filter(CollectedNode::head).ifPresent(head -> endpoints.lastRound(head, LAST_ROUND));
            return true;
        });
        time.await(() -> lastRound.isDone() && !watch.alive() && intake.silence().compareTo(SILENCE) >= 0);
        intake.drain();
        watch.settle();
        finishing = true;
        long budget = Math.max(0, time.left() - LAST_RECORDS.toNanos());
        Future<Long> lastEvents = threads.begin(() -> lastEvents(budget));
        Future<Long> lastPrevious = threads.begin(this::lastPrevious);
        long logBytes = lastLogs(budget);
        logBytes += CollectorThreads.await(lastPrevious, time.left() - LAST_RECORDS.toNanos(), "sending earlier logs",
                settings.logs() ? previous.unsentBytes() : 0);
        long eventBytes = CollectorThreads.await(lastEvents, time.left(), "sending the last events", spool.unsentBytes());
        Future<Boolean> lastRecords = threads.begin(() -> {
            watch.current().ifPresent(node -> records.end(node, watch.alive() ? Optional.empty() : watch.diedAt()));
            return true;
        });
        CollectorThreads.await(lastRecords, LAST_RECORDS.toNanos(), "writing the end of the session", false);
        LOG.log(System.Logger.Level.INFO, "stopped; {0} bytes of events and {1} bytes of logs are unsent", eventBytes, logBytes);
        return eventBytes + logBytes;
    }

    private long lastEvents(long budget) {
        if (!settings.events()) {
            return 0;
        }
        synchronized (sendingEvents) {
            eventNews.work();
            long unsentBytes = uploader.finish(Duration.ofNanos(budget));
            spool.stop();
            return unsentBytes;
        }
    }

    private long lastPrevious() {
        if (!settings.logs()) {
            return 0;
        }
        sendPrevious();
        return previous.unsentBytes();
    }

    private long lastLogs(long budget) {
        if (!settings.logs()) {
            return 0;
        }
        synchronized (sendingLogs) {
            logNews.work();
            return logs.flush(Duration.ofNanos(budget)) + logNews.nameless().stream().mapToLong(this::bytesOf).sum();
        }
    }

    private long bytesOf(String session) {
        return folder.logs(LogFolder.of(session)).stream().mapToLong(LogFile::size).sum();
    }

    /** Told to stop already, and now in a hurry. */
    public void hurry() {
        Stopping now = stopping;
        if (now != null) {
            now.hurry();
        }
    }

    /** Ends at once; what is not sent waits for the next start. The parts stay open. */
    @Override
    public void close() {
        intake.drain();
        threads.end();
        logs.close();
    }
}
