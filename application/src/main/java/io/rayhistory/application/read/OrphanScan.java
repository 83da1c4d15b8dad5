package io.rayhistory.application.read;

import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.id.ClusterRef;
import io.rayhistory.domain.id.OwnerKind;
import io.rayhistory.domain.id.SessionKey;
import io.rayhistory.domain.id.SessionName;

import java.lang.System.Logger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Finds the folders of all sessions by walking the store: a head that is killed leaves data without a marker. A walk costs
 * a request for each folder above the sessions, so its result is kept for an interval; it is walked again by whoever asks
 * after that, while others get the old result. Thread-safe.
 */
final class OrphanScan {
    private static final Logger LOG = System.getLogger(OrphanScan.class.getName());
    /** A walk asks for no more folders than this; what lies beyond is not found, and a warning says so. */
    static final int MOST_FOLDERS = 20_000;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

    /** A folder that holds a session's data. */
    record DataFolder(SessionKey session, String folder) {
    }

    private record Result(Instant when, List<DataFolder> folders) {
    }

    private final ObjectStore store;
    private final SessionPlaces places;
    private final Duration interval;
    private final InstantSource clock;
    private final ReentrantLock walking = new ReentrantLock();
    private final AtomicReference<CountDownLatch> background = new AtomicReference<>();
    private volatile Result last;
    private volatile boolean waited;

    /** @param interval how long a result is good for; zero for no walks at all */
    OrphanScan(ObjectStore store, SessionPlaces places, Duration interval, InstantSource clock) {
        this.store = store;
        this.places = places;
        this.interval = interval;
        this.clock = clock;
    }

    /**
     * All folders with sessions, those below an owner first.
     *
     * @throws HistoryException UNAVAILABLE if the walk fails
     */
    List<DataFolder> folders() {
        if (interval.isZero()) {
            return List.of();
        }
        Result known = last;
        if (isGood(known) || known != null && walking.isLocked()) {
            return known.folders();
        }
        walking.lock();
        try {
            if (!isGood(last)) {
                Instant when = clock.instant();
                last = new Result(when, new Walk().all());
            }
            return last.folders();
        } finally {
            walking.unlock();
        }
    }

    /**
     * What is known now. A walk that is due goes on behind the caller's back; only the first one is waited for, and not for
     * long, so that small stores are complete at once.
     */
    List<DataFolder> known() {
        if (interval.isZero()) {
            return List.of();
        }
        Result now = last;
        if (!isGood(now) && background.compareAndSet(null, new CountDownLatch(1))) {
            Thread walk = new Thread(this::walkBehind, "history-orphans");
            walk.setDaemon(true);
            walk.start();
        }
        CountDownLatch done = background.get();
        if (now == null && done != null && !waited) {
            try {
                waited = !done.await(FIRST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        Result found = last;
        return found == null ? List.of() : found.folders();
    }

    private void walkBehind() {
        try {
            folders();
        } catch (HistoryException e) {
            LOG.log(Logger.Level.WARNING, "looking for sessions without a marker failed: {0}", e.getMessage());
        } finally {
            CountDownLatch done = background.getAndSet(null);
            done.countDown();
        }
    }

    private boolean isGood(Result result) {
        return result != null && clock.instant().isBefore(result.when().plus(interval));
    }

    private final class Walk {
        private final List<DataFolder> found = new ArrayList<>();
        private int asked;

        List<DataFolder> all() {
            for (OwnerKind kind : List.of(OwnerKind.RAYJOB, OwnerKind.RAYSERVICE, OwnerKind.RAYCLUSTER)) {
                for (String prefix : places.root().readPrefixes()) {
                    String history = prefix + "cluster-history/";
                    for (String folder : folders(history)) {
                        if (name(folder).toLowerCase(Locale.ROOT).equals(kind.folder())) {
                            newer(kind, folder);
                        }
                    }
                }
            }
            places.root().readPrefixes().forEach(this::older);
            if (asked > MOST_FOLDERS) {
                LOG.log(Logger.Level.WARNING, "the search for sessions without a marker stopped after {0} folders; "
                        + "some are not listed, but open by their full link", MOST_FOLDERS);
            }
            return List.copyOf(found);
        }

        private void newer(OwnerKind kind, String kindFolder) {
            for (String namespace : folders(kindFolder)) {
                if (kind == OwnerKind.RAYCLUSTER) {
                    clusters(namespace, kind, name(namespace), "");
                } else {
                    folders(namespace).forEach(owner -> clusters(owner, kind, name(namespace), name(owner)));
                }
            }
        }

        private void clusters(String parent, OwnerKind kind, String namespace, String owner) {
            for (String cluster : folders(parent)) {
                ClusterRef ref = new ClusterRef(namespace, name(cluster), kind, owner);
                folders(cluster).forEach(session -> add(ref, session));
            }
        }

        private void older(String prefix) {
            for (String folder : folders(prefix)) {
                String name = name(folder);
                int split = name.lastIndexOf('_');
                if (split > 0 && split < name.length() - 1) {
                    ClusterRef ref = ClusterRef.plain(name.substring(split + 1), name.substring(0, split));
                    folders(folder).stream().filter(session -> name(session).startsWith("session_"))
                            .forEach(session -> add(ref, session));
                }
            }
        }

        private void add(ClusterRef cluster, String folder) {
            if (SessionName.isSafe(name(folder))) {
                found.add(new DataFolder(new SessionKey(cluster, name(folder)), folder));
            }
        }

        private List<String> folders(String parent) {
            List<String> children = new ArrayList<>();
            if (++asked <= MOST_FOLDERS) {
                for (Iterator<String> listing = store.listFolder(parent); listing.hasNext(); ) {
                    String child = listing.next();
                    // A foreign name with "//" in it has a child without a name.
                    if (child.endsWith("/") && child.length() > parent.length() + 1) {
                        children.add(child);
                    }
                }
            }
            return children;
        }

        private String name(String folder) {
            return folder.substring(folder.lastIndexOf('/', folder.length() - 2) + 1, folder.length() - 1);
        }
    }
}
