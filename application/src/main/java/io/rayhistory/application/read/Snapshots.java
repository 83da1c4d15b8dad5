package io.rayhistory.application.read;

import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.application.read.snapshot.ImageDecoder;
import io.rayhistory.application.read.snapshot.ImageEncoder;
import io.rayhistory.application.read.snapshot.SnapshotFormat;
import io.rayhistory.application.read.snapshot.WrittenStream;
import io.rayhistory.domain.id.ClusterRef;
import io.rayhistory.domain.id.SessionKey;
import io.rayhistory.domain.layout.ObjectName;
import io.rayhistory.domain.layout.RootDir;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The snapshots in a store: {@code {root}history-index/snapshots/{namespace}_[{kind}_{owner}_]{cluster}/{session}/
 * {fingerprint}.v{version}}, outside of all folders that any reader takes for a session's. Thread-safe.
 */
final class Snapshots {
    private static final Pattern NAME = Pattern.compile(".*\\.v(\\d{1,6})");

    private final ObjectStore store;
    private final String folder;
    private final long limit;

    /** @param limit uncompressed bytes of a snapshot that is read, at most */
    Snapshots(ObjectStore store, String rootDir, long limit) {
        this.store = store;
        this.folder = RootDir.of(rootDir).prefix() + "history-index/snapshots/";
        this.limit = limit;
    }

    /** A snapshot and how many bytes it has in the store. */
    record Found(SnapshotContent content, long length) {
    }

    /**
     * The snapshot that was made from exactly that listing.
     *
     * @throws io.rayhistory.domain.HistoryException CORRUPT or TOO_LARGE for one that is no good, UNAVAILABLE if the
     *         store fails
     * @throws UncheckedIOException if the store fails half way
     */
    Optional<Found> read(SessionKey key, String fingerprint) {
        return store.read(name(key, fingerprint), 0, ObjectStore.TO_END, "", (stream, object) -> {
            ImageDecoder source = new ImageDecoder(stream, ForkJoinPool.commonPool(), limit);
            SnapshotContent content = SnapshotContent.read(key, fingerprint, source);
            source.requireEnd();
            return new Found(content, object.length());
        });
    }

    /**
     * Stores a snapshot; leaves one that is there alone, unless it is known to be damaged.
     *
     * @return what was stored, empty if somebody was first
     * @throws io.rayhistory.domain.HistoryException if the store refuses
     */
    Optional<ObjectInfo> write(SessionKey key, String fingerprint, SnapshotContent content, boolean replace) {
        String name = name(key, fingerprint);
        try (InputStream bytes = new WrittenStream("history-snapshot", out -> {
            try (ImageEncoder sink = new ImageEncoder(out)) {
                content.write(key, fingerprint, sink);
                sink.finish();
            }
        })) {
            return replace ? Optional.of(store.put(name, bytes)) : store.putIfAbsent(name, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes snapshots that this one makes useless; those of newer versions have other readers. Answers how many. */
    int removeOthers(SessionKey key, String fingerprint) {
        String kept = name(key, fingerprint);
        List<String> old = new ArrayList<>();
        store.list(folder(key)).forEachRemaining(object -> {
            Matcher name = NAME.matcher(object.name());
            if (!object.name().equals(kept) && name.matches()
                    && Integer.parseInt(name.group(1)) <= SnapshotFormat.VERSION) {
                old.add(object.name());
            }
        });
        old.forEach(store::delete);
        return old.size();
    }

    String name(SessionKey key, String fingerprint) {
        return ObjectName.shorten(folder(key) + fingerprint + ".v" + SnapshotFormat.VERSION);
    }

    private String folder(SessionKey key) {
        ClusterRef cluster = key.cluster();
        String owner = cluster.ownerName().isEmpty() ? ""
                : cluster.ownerKind().name().toLowerCase(Locale.ROOT) + "_" + cluster.ownerName() + "_";
        return folder + ObjectName.escape(cluster.namespace() + "_" + owner + cluster.name() + "/" + key.session()) + "/";
    }
}
