package io.rayhistory.bootstrap;

import io.rayhistory.domain.HistoryException;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what a folder holds when nobody says where in it the store begins: people hand over a bucket's copy, the folder
 * around it, or one session's folder cut out of it. Looks breadth-first, a few levels and folders, at names only.
 */
final class StoreFinder {
    private static final int MAX_DEPTH = 6;
    private static final int MAX_FOLDERS = 2_000;
    private static final int MAX_CHILDREN = 10_000;
    private static final Set<String> STORE_FOLDERS = Set.of("cluster-metadata", "cluster-history", "metadir");
    private static final Set<String> NODE_FOLDERS = Set.of("logs", "node_events", "job_events");

    /** What was found: a store that begins at {@code folder}, or one session whose data lie in it. */
    record Found(Path folder, boolean store) {
    }

    private record Place(Path folder, int depth) {
    }

    private StoreFinder() {
    }

    /** @throws HistoryException MISSING if there is nothing like it, UNAVAILABLE if the folder cannot be read */
    static Found find(Path start) {
        Deque<Place> toVisit = new ArrayDeque<>(List.of(new Place(start, 0)));
        int seen = 0;
        while (!toVisit.isEmpty() && seen++ < MAX_FOLDERS) {
            Place place = toVisit.remove();
            List<Path> children = folders(place.folder());
            Optional<Found> found = classify(place.folder(), children);
            if (found.isPresent()) {
                return found.get();
            }
            if (place.depth() < MAX_DEPTH) {
                children.forEach(child -> toVisit.add(new Place(child, place.depth() + 1)));
            }
        }
        throw HistoryException.missing(start + " holds no Ray history: looked for folders named cluster-metadata, "
                + "cluster-history, metadir (a store) or <node>/logs, <node>/node_events (one session)");
    }

    private static Optional<Found> classify(Path folder, List<Path> children) {
        boolean sessionChild = false;
        for (Path child : children) {
            String name = name(child);
            if (STORE_FOLDERS.contains(name)) {
                return Optional.of(new Found(folder, true));
            }
            sessionChild |= name.startsWith("session_");
        }
        boolean oldCluster = sessionChild && name(folder).indexOf('_') > 0 && folder.getParent() != null;
        if (oldCluster && children.stream().anyMatch(StoreFinder::isOldSession)) {
            return Optional.of(new Found(folder.getParent(), true));
        }
        return isOldSession(folder) || children.stream().anyMatch(StoreFinder::isNode)
                ? Optional.of(new Found(folder, false)) : Optional.empty();
    }

    /** The older family keeps {@code node_events} in the session itself, and logs by node below {@code logs}. */
    static boolean isOldSession(Path folder) {
        return Files.isDirectory(folder.resolve("node_events")) || Files.isDirectory(folder.resolve("job_events"));
    }

    private static boolean isNode(Path folder) {
        String name = name(folder);
        return !NODE_FOLDERS.contains(name) && !name.startsWith("session_")
                && NODE_FOLDERS.stream().anyMatch(child -> Files.isDirectory(folder.resolve(child)));
    }

    private static List<Path> folders(Path folder) {
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder,
                child -> Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS))) {
            for (Path child : children) {
                folders.add(child);
                if (folders.size() >= MAX_CHILDREN) {
                    break;
                }
            }
        } catch (IOException e) {
            throw HistoryException.unavailable(folder + " cannot be read: " + e, e);
        }
        Collections.sort(folders);
        return folders;
    }

    private static String name(Path folder) {
        return folder.getFileName() == null ? "" : folder.getFileName().toString();
    }
}
