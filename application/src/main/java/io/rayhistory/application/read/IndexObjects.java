package io.rayhistory.application.read;

import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.id.ClusterRef;
import io.rayhistory.domain.id.SessionKey;
import io.rayhistory.domain.layout.ObjectName;
import io.rayhistory.domain.layout.RootDir;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The objects of the session index, below {@code {root}history-index/sessions/v1/}: {@code days/{day}} with all sessions that
 * started on a day, and {@code new/{day}/{cluster}/{session}.{fingerprint}} with one session each that nobody has put into
 * its day yet. The latter are never changed, so whoever has read one knows it. Thread-safe.
 */
final class IndexObjects implements AutoCloseable {
    private static final int READS_AT_ONCE = 8;
    private static final int LONGEST = 64 << 20;

    private final ObjectStore store;
    private final String days;
    private final String fresh;
    /** The queue holds no more than one question asks for. */
    private final ThreadPoolExecutor readers = new ThreadPoolExecutor(READS_AT_ONCE, READS_AT_ONCE, 10, TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(), work -> {
                Thread thread = new Thread(work, "history-index");
                thread.setDaemon(true);
                return thread;
            });

    IndexObjects(ObjectStore store, String rootDir) {
        this.store = store;
        String folder = RootDir.of(rootDir).prefix() + "history-index/sessions/v" + IndexFormat.VERSION + "/";
        this.days = folder + "days/";
        this.fresh = folder + "new/";
        readers.allowCoreThreadTimeOut(true);
    }

    /**
     * @param days  by day
     * @param fresh of sessions that are in no day yet, by {@link #stem}
     */
    record Listing(SortedMap<String, ObjectInfo> days, Map<String, List<ObjectInfo>> fresh) {
        /** The objects of one day that wait to be merged. */
        Map<String, List<ObjectInfo>> freshByDay(IndexObjects objects) {
            Map<String, List<ObjectInfo>> byDay = new TreeMap<>();
            fresh.values().forEach(all -> all.forEach(object -> byDay.computeIfAbsent(objects.dayOf(object), day -> new ArrayList<>()).add(object)));
            return byDay;
        }
    }

    /** @param etag of what was read */
    record Stored(String etag, IndexFormat.Content content) {
    }

    /** @throws HistoryException UNAVAILABLE if the store fails */
    Listing list() {
        SortedMap<String, ObjectInfo> byDay = new TreeMap<>();
        store.list(days).forEachRemaining(object -> byDay.put(object.name().substring(days.length()), object));
        Map<String, List<ObjectInfo>> byStem = new HashMap<>();
        store.list(fresh).forEachRemaining(object -> byStem.computeIfAbsent(
                object.name().substring(0, object.name().lastIndexOf('.') + 1), stem -> new ArrayList<>(1)).add(object));
        return new Listing(byDay, byStem);
    }

    /** How the names of a session's own objects begin. */
    String stem(SessionKey key) {
        ClusterRef cluster = key.cluster();
        return fresh + IndexedSession.dayOf(key) + "/" + ObjectName.escape(cluster.ownerKind().folder() + "_" + cluster.namespace() + "_"
                + cluster.ownerName() + "_" + cluster.name() + "/" + key.session()) + ".";
    }

    private String dayOf(ObjectInfo fresh) {
        return fresh.name().substring(this.fresh.length(), Math.max(this.fresh.length(), fresh.name().indexOf('/', this.fresh.length())));
    }

    String dayName(String day) {
        return days + day;
    }

    /** Empty if it is not there. @throws HistoryException UNAVAILABLE if the store fails */
    Optional<Stored> read(String name) {
        return store.read(name, 0, ObjectStore.TO_END, "", (stream, object) -> {
            byte[] bytes = stream.readNBytes(LONGEST);
            return new Stored(object.etag(), bytes.length == LONGEST ? IndexFormat.Content.DAMAGED : IndexFormat.read(bytes));
        });
    }

    /**
     * Several at once; those that are gone are left out.
     *
     * @throws HistoryException UNAVAILABLE if the store fails
     */
    Map<String, Stored> read(Collection<String> names) {
        Map<String, Future<Optional<Stored>>> reads = new HashMap<>();
        names.forEach(name -> reads.put(name, readers.submit(() -> read(name))));
        Map<String, Stored> found = new HashMap<>();
        try {
            for (Map.Entry<String, Future<Optional<Stored>>> each : reads.entrySet()) {
                each.getValue().get().ifPresent(stored -> found.put(each.getKey(), stored));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw HistoryException.unavailable("Reading the session index was interrupted.", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof HistoryException known ? known
                    : HistoryException.unavailable("The session index cannot be read: " + e.getCause(), e.getCause());
        } finally {
            reads.values().forEach(read -> read.cancel(true));
        }
        return found;
    }

    /** @return false if it is there already @throws HistoryException if the store refuses */
    boolean add(IndexedSession session) {
        return store.putIfAbsent(ObjectName.shorten(stem(session.key()) + session.fingerprint()), content(List.of(session))).isPresent();
    }

    /**
     * @param etag of the object that is replaced, {@code ""} if there is none
     * @return false if somebody else was first
     * @throws HistoryException if the store refuses
     */
    boolean writeDay(String day, String etag, Collection<IndexedSession> sessions) {
        InputStream content = content(sessions);
        return (etag.isEmpty() ? store.putIfAbsent(days + day, content) : store.extend(days + day, etag, 0, content)).isPresent();
    }

    void delete(ObjectInfo object) {
        store.delete(object.name());
    }

    private static InputStream content(Collection<IndexedSession> sessions) {
        return new ByteArrayInputStream(IndexFormat.write(sessions));
    }

    @Override
    public void close() {
        Workers.end(readers);
    }
}
