package io.rayhistory.application.read;

import io.rayhistory.application.port.AnswerCodec;
import io.rayhistory.application.port.EventCodec;
import io.rayhistory.application.port.ObjectStore;

import java.util.List;

/**
 * The door for programs that read stored sessions: give it a store and the codecs, list what is there, open a session,
 * ask its {@link StoredSession#history() history}, {@link io.rayhistory.domain.query.SessionQueries query} it, read its
 * {@link StoredSession#logs() logs}.
 *
 * <p>Opening does no I/O. Thread-safe; one reader serves a whole program. Closing ends running loads and forgets loaded
 * sessions; the store stays open, it belongs to whoever made it.
 */
public final class HistoryReader implements AutoCloseable {
    private final SessionCatalog catalog;
    private final LoadedSessions histories;
    private final EndedSessionSource source;
    private final SessionSources sources;

    private HistoryReader(SessionCatalog catalog, LoadedSessions histories, EndedSessionSource source,
                          SessionArchive archive) {
        this.catalog = catalog;
        this.histories = histories;
        this.source = source;
        this.sources = SessionSources.of(catalog, histories, archive);
    }

    /**
     * @throws io.rayhistory.domain.HistoryException INVALID for a root directory that is none
     */
    public static HistoryReader open(ObjectStore store, EventCodec events, AnswerCodec answers,
                                     ReaderSettings settings) {
        SessionLocator locator = new SessionLocator(store, settings.rootDir());
        SessionLoader loader = new SessionLoader(store, locator, events, answers, settings.cache());
        SnapshotSource snapshots = new SnapshotSource(loader, store,
                new Snapshots(store, settings.rootDir(), Runtime.getRuntime().maxMemory() / 2), settings.snapshots(),
                settings.clock());
        List<EndedSession.Product> products = settings.snapshots().mode().writes() ? List.of(snapshots) : List.of();
        EndedSessionSource source = new EndedSessionSource(snapshots, products, settings.snapshots().quiet(),
                settings.clock());
        return new HistoryReader(
                new StoreCatalog(store, settings.rootDir(), settings.orphanScan(), settings.clock()),
                new LoadedSessions(source, settings.cache(), settings.clock()), source,
                new StoreArchive(store, locator, settings.rootDir()));
    }

    /** Which sessions are stored, with what could not be read, and how links are resolved. */
    public SessionCatalog catalog() {
        return catalog;
    }

    /** All that a server of the stored sessions asks. */
    public SessionSources sources() {
        return sources;
    }

    /** Loaded sessions. */
    public SessionHistories histories() {
        return histories;
    }

    /**
     * The stored sessions, newest first.
     *
     * @throws io.rayhistory.domain.HistoryException UNAVAILABLE if the store cannot be listed
     */
    public List<SessionEntry> sessions() {
        return catalog.list().sessions();
    }

    /**
     * A session, loaded now if need be; see {@link SessionHistories#open}.
     *
     * @throws io.rayhistory.domain.HistoryException UNAVAILABLE if the store fails or loading takes too long, MISSING
     *         if nothing is stored of it, TOO_LARGE if it does not fit into memory
     */
    public StoredSession session(SessionEntry entry) {
        return histories.open(entry);
    }

    @Override
    public void close() {
        histories.close();
        source.close();
    }
}
