package io.rayhistory.application.read;

import io.rayhistory.domain.id.SessionKey;
import io.rayhistory.domain.layout.RootDir;
import io.rayhistory.domain.layout.StorageLayout;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The layouts a store is read with: both forms, below each of the prefixes the root dir stands for.
 *
 * @param newer   the cluster-history form below each prefix
 * @param older   the metadir form below each prefix
 */
record SessionPlaces(RootDir root, List<StorageLayout> newer, List<StorageLayout> older) {

    /** @throws io.rayhistory.domain.HistoryException INVALID for a root dir that is none */
    static SessionPlaces of(String rootDir) {
        RootDir root = RootDir.of(rootDir);
        return new SessionPlaces(root, root.readPrefixes().stream().map(StorageLayout::clusterHistory).toList(),
                root.readPrefixes().stream().map(StorageLayout::metadir).toList());
    }

    /** All layouts, the newer form first: what it says of owners counts. */
    List<StorageLayout> layouts() {
        List<StorageLayout> all = new ArrayList<>(newer);
        all.addAll(older);
        return all;
    }

    /** Every folder where data of the session may lie, with a trailing slash, most likely first. */
    Set<String> folders(SessionKey session) {
        Set<String> folders = new LinkedHashSet<>();
        layouts().forEach(layout -> folders.addAll(layout.folders(session)));
        return folders;
    }
}
