package io.rayhistory.adapters.filesystem;

import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.domain.HistoryException;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Walks the folder in the order of the objects' full names, reading a directory when it is reached. Sorting a folder as
 * its name with a slash puts {@code a-b} before {@code a/b}. Confined to one thread.
 */
final class FolderWalk implements Iterator<ObjectInfo> {

    private record Level(String prefix, List<Path> way, Iterator<StoreFolder.Entry> entries) {
    }

    private final StoreFolder folder;
    private final String prefix;
    private final Deque<Level> levels = new ArrayDeque<>();
    private boolean started;
    private ObjectInfo next;
    private HistoryException failure;

    FolderWalk(StoreFolder folder, String prefix) {
        this.folder = folder;
        this.prefix = prefix;
    }

    @Override
    public boolean hasNext() {
        if (failure != null) {
            throw failure;
        }
        try {
            if (!started) {
                started = true;
                open();
            }
            while (next == null && !levels.isEmpty()) {
                advance();
            }
        } catch (HistoryException e) {
            failure = e;
            throw e;
        }
        return next != null;
    }

    private void open() {
        int slash = prefix.lastIndexOf('/') + 1;
        way(folder, prefix.substring(0, slash))
                .ifPresent(way -> levels.push(level(prefix.substring(0, slash), way, prefix.substring(slash))));
    }

    private Level level(String name, List<Path> way, String start) {
        return new Level(name, way, folder.entries(way, start).iterator());
    }

    private void advance() {
        Level level = levels.element();
        if (!level.entries().hasNext()) {
            levels.pop();
            return;
        }
        StoreFolder.Entry entry = level.entries().next();
        String name = level.prefix() + entry.name();
        if (entry.isFolder()) {
            levels.push(level(name, StoreFolder.step(level.way(), entry.real()), ""));
        } else {
            next = StoreFolder.info(name, entry.attributes());
        }
    }

    @Override
    public ObjectInfo next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        ObjectInfo found = next;
        next = null;
        return found;
    }

    /** The way to the folder a prefix names; no folder has a name with a leading slash. */
    static Optional<List<Path>> way(StoreFolder folder, String prefix) {
        if (prefix.isEmpty() || prefix.startsWith("/")) {
            List<Path> start = folder.start();
            return prefix.isEmpty() ? Optional.of(start) : Optional.empty();
        }
        return folder.folder(Arrays.asList(prefix.split("/")));
    }
}
