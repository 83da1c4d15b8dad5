package io.rayhistory.application.collect;

import io.rayhistory.application.port.EventSpool;
import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.application.port.SpoolFile;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.id.SessionKey;
import io.rayhistory.domain.layout.EventStream;
import io.rayhistory.domain.layout.StorageLayout;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * The stored object of one spool file, which grows with it. Every write names the version it expects, so that no answer
 * that was lost, no request that came late and no other program can double or destroy a line: if the object is not as
 * expected, its content decides whether it is ours. An object with other content is left alone, and the file goes to the
 * next free name, one nanosecond on, where a later process looks for it as well. For one thread at a time.
 */
final class EventObject implements StoredEvents {
    private static final System.Logger LOG = System.getLogger(EventObject.class.getName());
    private static final int MOST_NAMES = 100;
    private static final int MOST_STEPS = 250;
    /** Plain bytes up to which the last gzip member is made anew with what follows: many small ones compress badly. */
    private static final long SMALL_MEMBER = 512 << 10;

    private final EventSpool spool;
    private final ObjectStore store;
    private final StorageLayout layout;
    private final SessionKey session;
    private final boolean compress;
    private final UploadMetrics metrics;
    private int names;
    /** As the settings say, unless an earlier process with others has begun the object. */
    private boolean packed;
    /** The version last seen, {@code ""} if none is known to be there. */
    private String etag = "";
    private long length;
    /** Bytes of the file that the object holds. */
    private long sent;
    /** Where the last gzip member begins, in the object and in the file. */
    private long memberAt;
    private long memberFrom;
    /** A first look tells whether an earlier process has been here. */
    private boolean looked;

    EventObject(EventSpool spool, ObjectStore store, StorageLayout layout, SessionKey session, boolean compress,
                UploadMetrics metrics) {
        this.spool = spool;
        this.store = store;
        this.layout = layout;
        this.session = session;
        this.compress = compress;
        this.packed = compress;
        this.metrics = metrics;
    }

    @Override
    public long sent() {
        return sent;
    }

    @Override
    public boolean send(SpoolFile file) {
        // A new active file can have been stored by nobody; one that was left behind may well have been.
        boolean stay = looked || file.active() || look(file);
        for (int step = 0; stay && sent < file.committed(); step++) {
            if (step == MOST_STEPS) {
                throw HistoryException.unavailable("'" + name(file) + "' keeps changing", null);
            }
            if (!packing(file) || sent - memberFrom > SMALL_MEMBER) {
                memberAt = length;
                memberFrom = sent;
            }
            Optional<Optional<ObjectInfo>> stored = spool.read(file, memberFrom, file.committed(), lines -> store(file, lines));
            if (stored.isEmpty()) {
                return false;
            }
            if (stored.get().isPresent()) {
                ObjectInfo now = stored.get().get();
                metrics.sent(file.committed() - sent, now.length() - length);
                etag = now.etag();
                length = now.length();
                sent = file.committed();
            } else {
                stay = look(file);
            }
        }
        looked = true;
        return stay;
    }

    private Optional<ObjectInfo> store(SpoolFile file, InputStream lines) throws IOException {
        String name = name(file);
        try (InputStream content = packing(file) ? new GzipStream(lines) : lines) {
            return etag.isEmpty() ? store.putIfAbsent(name, content) : store.extend(name, etag, memberAt, content);
        }
    }

    /** From now on, what follows is a gzip member of its own. */
    private void be(String version, long objectBytes, long fileBytes) {
        etag = version;
        length = objectBytes;
        sent = fileBytes;
        memberAt = objectBytes;
        memberFrom = fileBytes;
    }

    /** Reads what the object holds and takes it up if it is ours. @return false if the file is gone */
    private boolean look(SpoolFile file) {
        Optional<ObjectInfo> found = find(file);
        if (found.isEmpty()) {
            be("", 0, 0);
            return true;
        }
        String name = name(file);
        ObjectInfo object = found.get();
        Optional<StoredPrefix> compared = store.read(name, 0, ObjectStore.TO_END, object.etag(), (stream, info) ->
                spool.read(file, 0, file.committed(), lines ->
                        StoredPrefix.compare(stream, info.length(), packing(file), lines)).orElse(StoredPrefix.GONE));
        if (compared.isEmpty()) {
            return true;
        }
        switch (compared.get().relation()) {
            case GONE -> {
                return false;
            }
            case BEGINNING -> adopt(object, compared.get().bytes());
            case MORE -> {
                // The disk lost what the store has, in a power cut. Nothing can follow in a sealed file.
                if (file.active()) {
                    nextName(file);
                } else {
                    adopt(object, compared.get().bytes());
                }
            }
            case OTHER -> nextName(file);
        }
        return true;
    }

    private Optional<ObjectInfo> find(SpoolFile file) {
        Optional<ObjectInfo> found = store.find(name(file));
        if (found.isPresent() || looked || file.gzip()) {
            return found;
        }
        packed = !compress;
        Optional<ObjectInfo> other = store.find(name(file));
        packed = other.isPresent() != compress;
        return other;
    }

    private void adopt(ObjectInfo object, long fileBytes) {
        metrics.adopted();
        be(object.etag(), object.length(), fileBytes);
    }

    private void nextName(SpoolFile file) {
        LOG.log(System.Logger.Level.WARNING, () -> "'" + name(file) + "' holds other events; these go to the next name");
        if (names == MOST_NAMES) {
            throw HistoryException.unavailable("no free name near '" + name(file) + "'", null);
        }
        metrics.renamed();
        names++;
        packed = compress;
        be("", 0, 0);
    }

    private boolean packing(SpoolFile file) {
        return packed && !file.gzip();
    }

    private String name(SpoolFile file) {
        return layout.eventFile(new EventStream(session, file.nodeId(), file.category().jobId()),
                file.opened().plusNanos(names), packed || file.gzip());
    }
}
