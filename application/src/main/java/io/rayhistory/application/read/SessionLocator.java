package io.rayhistory.application.read;

import io.rayhistory.application.port.ObjectStore;

/** Finds the objects of a session in all places where collectors put them. Thread-safe. */
final class SessionLocator {
    private final ObjectStore store;
    private final String rootDir;

    /** @param rootDir the configured root as given; see {@link io.rayhistory.domain.layout.StorageLayout} for its cleaning */
    SessionLocator(ObjectStore store, String rootDir) {
        this.store = store;
        this.rootDir = rootDir;
    }

    /**
     * What is stored of the session now; empty when nothing is.
     *
     * @throws io.rayhistory.domain.HistoryException UNAVAILABLE if any listing fails
     */
    SessionContents locate(SessionEntry entry) {
        throw new AssertionError(store.describe() + rootDir + entry);
    }
}
