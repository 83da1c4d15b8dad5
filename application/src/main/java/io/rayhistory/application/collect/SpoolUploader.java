package io.rayhistory.application.collect;

import io.rayhistory.application.port.EventSpool;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.application.port.SpoolFile;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.id.ClusterRef;
import io.rayhistory.domain.id.SessionKey;
import io.rayhistory.domain.layout.StorageLayout;

import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/**
 * Sends what waits in an event spool to an object store: growing files every {@link
 * UploadSettings#interval}, sealed ones at once, oldest first, each until the store has confirmed it. A file that cannot be
 * sent is tried again after growing pauses; it keeps no thread meanwhile. Files of an unknown node wait until it is known.
 *
 * <p>{@link #pass} and {@link #finish} are for one thread; the sending runs on the executor, no more than {@link
 * UploadSettings#parallel} files at once.
 */
final class SpoolUploader {
    private static final System.Logger LOG = System.getLogger(SpoolUploader.class.getName());
    private static final int MOST_MARKERS = 1000;
    /** Between two tries when the end is near. */
    private static final long HASTE_NANOS = Duration.ofMillis(200).toNanos();
    private static final int WAIT_MS = 50;
    private static final double JITTER = 0.1;

    private final EventSpool spool;
    private final ObjectStore store;
    private final StorageLayout layout;
    private final StoredEvents.Maker objects;
    private final ClusterRef cluster;
    private final UploadSettings settings;
    private final Executor workers;
    private final UploadMetrics metrics;
    private final LongSupplier nanoTime;
    /** By the file's id. Guarded by itself, as all that follows; who waits for progress waits on it. */
    private final Map<Long, Sending> sendings = new HashMap<>();
    private final Set<SessionKey> marked = new HashSet<>();
    private int running;
    /** By the last pass. */
    private int started;
    private boolean failing;

    /**
     * @param objects what becomes of each file
     * @param cluster    the collector's own; events that others left in the spool go to clusters without an owner
     */
    SpoolUploader(EventSpool spool, ObjectStore store, StorageLayout layout, StoredEvents.Maker objects, ClusterRef cluster,
                  UploadSettings settings, Executor workers, UploadMetrics metrics) {
        this(spool, store, layout, objects, cluster, settings, workers, metrics, System::nanoTime);
    }

    /** @param nanoTime measures pauses; not the wall clock, which may be set back */
    SpoolUploader(EventSpool spool, ObjectStore store, StorageLayout layout, StoredEvents.Maker objects, ClusterRef cluster,
                  UploadSettings settings, Executor workers, UploadMetrics metrics, LongSupplier nanoTime) {
        this.spool = spool;
        this.store = store;
        this.layout = layout;
        this.objects = objects;
        this.cluster = cluster;
        this.settings = settings;
        this.workers = workers;
        this.metrics = metrics;
        this.nanoTime = nanoTime;
    }

    /** What is known of one file beside what the spool tells. */
    private static final class Sending {
        private final SessionKey session;
        private final StoredEvents object;
        private boolean inFlight;
        private int failures;
        /** Times by the measure of {@code nanoTime}: when it is due again, and when there is no time to lose. */
        private long notBefore;
        private long atOnce;

        Sending(SessionKey session, StoredEvents object, long atOnce, long notBefore) {
            this.session = session;
            this.object = object;
            this.atOnce = atOnce;
            this.notBefore = notBefore;
        }

        /** A sealed file need not wait for its interval, only for the pause after a failure. */
        long due(SpoolFile file, boolean hasty) {
            return hasty || !file.active() && failures == 0 ? atOnce : notBefore;
        }
    }

    /**
     * Starts the sending of what is due; to be called about once a second. Does not wait for it.
     *
     * @throws HistoryException UNAVAILABLE when the spool's disk cannot be used
     */
    void pass() {
        start(false);
    }

    /**
     * Seals everything and sends it now, until nothing is left or the time is over.
     *
     * @return bytes that remain unsent; they stay in the spool
     */
    long finish(Duration budget) {
        long end = nanoTime.getAsLong() + budget.toNanos();
        try {
            spool.seal("");
        } catch (HistoryException e) {
            LOG.log(System.Logger.Level.WARNING, "spool files could not be sealed; they are sent as they are", e);
        }
        try {
            while (start(true) > 0 && nanoTime.getAsLong() - end < 0) {
                synchronized (sendings) {
                    if (running > 0 || started == 0) {
                        sendings.wait(WAIT_MS);
                    }
                }
            }
        } catch (HistoryException e) {
            LOG.log(System.Logger.Level.WARNING, "the event spool does not work; what is unsent stays in it", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return spool.unsentBytes();
    }

    /** @return files that are being sent or could be */
    private int start(boolean hasty) {
        long now = nanoTime.getAsLong();
        List<SpoolFile> files = spool.files();
        Set<Long> waiting = new HashSet<>();
        Map<SpoolFile, Sending> due = new LinkedHashMap<>();
        int sendable = 0;
        synchronized (sendings) {
            for (SpoolFile file : files) {
                waiting.add(file.id());
                if (file.nodeId().isEmpty()) {
                    continue;
                }
                Sending sending = sendings.computeIfAbsent(file.id(), id -> sending(file, now));
                if (!sending.inFlight && file.active() && file.committed() == sending.object.sent()) {
                    continue;
                }
                sendable++;
                if (!sending.inFlight && running < settings.parallel() && now - sending.due(file, hasty) >= 0) {
                    sending.inFlight = true;
                    running++;
                    due.put(file, sending);
                }
            }
            started = due.size();
            sendings.entrySet().removeIf(entry -> !waiting.contains(entry.getKey()) && !entry.getValue().inFlight);
        }
        due.forEach(this::hand);
        return sendable;
    }

    private Sending sending(SpoolFile file, long now) {
        SessionKey session = new SessionKey(clusterOf(file.clusterFolder()), file.category().session());
        return new Sending(session, objects.of(session), now, file.active() ? now + settings.interval().toNanos() : now);
    }

    private ClusterRef clusterOf(String folder) {
        if (folder.equals(cluster.name() + "_" + cluster.namespace())) {
            return cluster;
        }
        int split = folder.lastIndexOf('_');
        return ClusterRef.plain(folder.substring(split + 1), folder.substring(0, split));
    }

    private void hand(SpoolFile file, Sending sending) {
        try {
            workers.execute(() -> send(file, sending));
        } catch (RejectedExecutionException stopping) {
            done(sending, false);
        }
    }

    private void send(SpoolFile file, Sending sending) {
        boolean sent = false;
        try {
            mark(sending.session);
            if (sending.object.send(file)) {
                spool.confirm(file, sending.object.sent());
            }
            sent = true;
            tell(false, "events are sent again");
        } catch (HistoryException e) {
            metrics.failed();
            tell(true, "events cannot be sent, they wait in the spool: " + e.getMessage());
        } catch (RuntimeException unexpected) {
            metrics.failed();
            LOG.log(System.Logger.Level.ERROR, "spool file " + file + " could not be sent", unexpected);
        } finally {
            done(sending, sent);
        }
    }

    /** So that a session whose collectors were all killed is listed. The store's answer to the first one is enough. */
    private void mark(SessionKey session) {
        synchronized (sendings) {
            if (marked.contains(session)) {
                return;
            }
        }
        store.putIfAbsent(layout.marker(session), InputStream.nullInputStream());
        synchronized (sendings) {
            if (marked.size() >= MOST_MARKERS) {
                marked.clear();
            }
            marked.add(session);
        }
    }

    /** One line when it changes, not one for each file. */
    private void tell(boolean failed, String message) {
        synchronized (sendings) {
            if (failing == failed) {
                return;
            }
            failing = failed;
        }
        LOG.log(failed ? System.Logger.Level.WARNING : System.Logger.Level.INFO, message);
    }

    private void done(Sending sending, boolean sent) {
        synchronized (sendings) {
            long now = nanoTime.getAsLong();
            sending.failures = sent ? 0 : sending.failures + 1;
            sending.atOnce = now + (sent ? 0 : HASTE_NANOS);
            sending.notBefore = now + (sent ? settings.interval().toNanos() : pause(sending.failures));
            sending.inFlight = false;
            running--;
            sendings.notifyAll();
        }
    }

    private long pause(int failures) {
        long longest = settings.longestPause().toNanos();
        long pause = settings.firstPause().toNanos();
        for (int i = 1; i < failures && pause < longest; i++) {
            pause = Math.min(2 * pause, longest);
        }
        // Collectors that failed together should not come back together.
        return pause - (long) (pause * JITTER * ThreadLocalRandom.current().nextDouble());
    }
}
