package io.rayhistory.bootstrap;

import io.rayhistory.adapters.filesystem.DirectoryObjectStore;
import io.rayhistory.domain.id.ClusterRef;
import io.rayhistory.domain.id.SessionKey;
import io.rayhistory.domain.layout.StorageLayout;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A store that knows of sessions and has nothing of them. */
final class StoredMarkers {
    static final String SESSION = "session_2026-11-20_10-00-00_000001_100";
    /** What is answered to who was let in: there is nothing to tell. */
    static final int PASSED = 404;

    private StoredMarkers() {
    }

    /** Makes it. @param clusters as namespace/name */
    static Path in(Path folder, String... clusters) throws Exception {
        Files.createDirectories(folder);
        try (DirectoryObjectStore store = new DirectoryObjectStore(folder)) {
            for (String cluster : clusters) {
                String[] names = cluster.split("/");
                store.put(StorageLayout.clusterHistory("").marker(new SessionKey(ClusterRef.plain(names[0], names[1]), SESSION)),
                        new ByteArrayInputStream(new byte[0]));
            }
        }
        return folder;
    }

    /** Something of a session that has to be asked for. */
    static String version(String cluster) {
        return "/s/" + cluster + "/" + SESSION + "/api/version";
    }
}
