package io.rayhistory.bootstrap;

import io.rayhistory.adapters.filesystem.DirectoryObjectStore;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.id.ClusterRef;
import io.rayhistory.domain.id.OwnerKind;
import io.rayhistory.domain.id.SessionKey;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@code open PATH} means, as a store. One session's folder is mounted where a store would have it, under the names
 * that its parent folders tell, or stand-ins.
 *
 * @param only the session, if the path is one session
 */
record OpenedPath(StoreSource source, Optional<SessionKey> only) implements AutoCloseable {
    private static final String SAFE_SEGMENT = "[A-Za-z0-9._-]+";
    private static final ClusterRef UNKNOWN = ClusterRef.plain("default", "unknown");

    static OpenedPath open(Path given, String rootDir, Terminal terminal) {
        Path path = given.toAbsolutePath().normalize();
        if (Files.isDirectory(path)) {
            return of(path, rootDir, () -> { });
        }
        if (!Files.isRegularFile(path)) {
            throw HistoryException.invalid(given + ": there is no such file or folder");
        }
        if (!Archive.isOne(path)) {
            throw HistoryException.invalid(given + ": expected a folder, or a .tar.gz, .tgz, .tar or .zip");
        }
        TemporaryFolder folder = TemporaryFolder.create();
        try {
            Archive.Unpacked unpacked = Archive.unpack(path, folder.path(), Archive.Limits.DEFAULT);
            if (unpacked.skipped() > 0) {
                terminal.warn(unpacked.skipped() + " links or special files of " + given + " are left out");
            }
            return of(folder.path(), rootDir, folder::close);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    private static OpenedPath of(Path folder, String rootDir, Runnable cleanUp) {
        if (!rootDir.isEmpty()) {
            return new OpenedPath(new StoreSource(new DirectoryObjectStore(folder), rootDir, false, false, cleanUp), Optional.empty());
        }
        StoreFinder.Found found = StoreFinder.find(folder);
        ObjectStore store = new DirectoryObjectStore(found.folder());
        if (found.store()) {
            return new OpenedPath(new StoreSource(store, "", false, false, cleanUp), Optional.empty());
        }
        boolean old = StoreFinder.isOldSession(found.folder());
        ClusterRef cluster = old ? oldCluster(found.folder()) : cluster(found.folder());
        SessionKey key = new SessionKey(cluster, sessionOf(found.folder(), store));
        return new OpenedPath(new StoreSource(new MountedStore(store, mount(key, old)), "", false, false, cleanUp), Optional.of(key));
    }

    private static String mount(SessionKey key, boolean old) {
        ClusterRef cluster = key.cluster();
        if (old) {
            return cluster.name() + "_" + cluster.namespace() + "/" + key.session() + "/";
        }
        String owner = cluster.ownerName().isEmpty() ? "" : cluster.ownerName() + "/";
        return "cluster-history/" + cluster.ownerKind().folder() + "/" + cluster.namespace() + "/" + owner + cluster.name()
                + "/" + key.session() + "/";
    }

    /** A renamed folder would hide everything: events of other sessions than the one asked for are not counted in. */
    private static String sessionOf(Path folder, ObjectStore store) {
        String name = folder.getFileName().toString();
        String recorded = new SessionPeek(store).sessionName();
        return recorded.matches(SAFE_SEGMENT) ? recorded : name.matches(SAFE_SEGMENT) ? name : "session";
    }

    /** From {@code .../cluster-history/<kind>/<namespace>/[<owner>/]<cluster>/<session>}. */
    private static ClusterRef cluster(Path session) {
        List<String> names = new ArrayList<>();
        session.forEach(part -> names.add(part.toString()));
        int start = names.lastIndexOf("cluster-history");
        List<String> below = start < 0 ? List.of() : names.subList(start + 1, names.size());
        if (!below.stream().allMatch(name -> name.matches(SAFE_SEGMENT))) {
            return UNKNOWN;
        }
        if (below.size() == 4 && below.get(0).equals(OwnerKind.RAYCLUSTER.folder())) {
            return ClusterRef.plain(below.get(1), below.get(2));
        }
        for (OwnerKind kind : List.of(OwnerKind.RAYJOB, OwnerKind.RAYSERVICE)) {
            if (below.size() == 5 && below.get(0).equals(kind.folder())) {
                return new ClusterRef(below.get(1), below.get(3), kind, below.get(2));
            }
        }
        return UNKNOWN;
    }

    /** From {@code .../<cluster>_<namespace>/<session>}. */
    private static ClusterRef oldCluster(Path session) {
        Path parent = session.getParent();
        String name = parent == null || parent.getFileName() == null ? "" : parent.getFileName().toString();
        int cut = name.lastIndexOf('_');
        return cut > 0 && cut < name.length() - 1 && name.matches(SAFE_SEGMENT)
                ? ClusterRef.plain(name.substring(cut + 1), name.substring(0, cut)) : UNKNOWN;
    }

    @Override
    public void close() {
        source.cleanUp().run();
    }
}
