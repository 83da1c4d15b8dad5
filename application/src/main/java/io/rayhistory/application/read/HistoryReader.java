package io.rayhistory.application.read;

import io.rayhistory.application.port.AnswerCodec;
import io.rayhistory.application.port.EventCodec;
import io.rayhistory.application.port.ObjectStore;

import java.util.List;
import java.util.Map;

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
    private final SessionSources sources;
    private final IndexObjects index;
    private final FigureChecks checks;
    private final IndexUpkeep upkeep;

    private HistoryReader(StoreCatalog catalog, LoadedSessions.Source loads, EndedSessionSource source, SessionArchive archive, IndexObjects index,
                          SummaryIndex summaries, FailureReports failures, ReaderSettings settings) {
        this.catalog = catalog;
        this.histories = new LoadedSessions(source, settings.cache(), settings.clock());
        this.index = index;
        this.checks = new FigureChecks(loads, settings.clock());
        this.sources = SessionSources.of(catalog, new RecentListing(catalog::listNow, settings.clock()), histories, archive, failures,
                settings.snapshots().mode().reads() ? entries -> checks.sound(entries,
                        summaries.find(entries.stream().map(SessionEntry::key).toList())) : entries -> Map.of());
        this.upkeep = new IndexUpkeep(catalog, loads, index, failures, settings.snapshots().quiet(), settings.clock());
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
        FailureReports failures = new FailureReports();
        IndexObjects index = new IndexObjects(store, settings.rootDir());
        SummaryIndex summaries = new SummaryIndex(index);
        List<EndedSession.Product> products = settings.snapshots().mode().writes()
                ? List.of(snapshots, new SummaryProduct(index, summaries, failures, settings.clock())) : List.of();
        EndedSessionSource source = new EndedSessionSource(snapshots, products, settings.snapshots().quiet(),
                settings.clock());
        return new HistoryReader(new StoreCatalog(store, settings.rootDir(), settings.orphanScan(), settings.clock()), snapshots, source,
                new StoreArchive(store, locator, settings.rootDir()), index, summaries, failures, settings);
    }

    /** Which sessions are stored, with what could not be read, and how links are resolved. */
    public SessionCatalog catalog() {
        return catalog;
    }

    /** All that a server of the stored sessions asks. */
    public SessionSources sources() {
        return sources;
    }

    /** Makes and checks the index from which lists have the figures of sessions that are not in memory. */
    public IndexUpkeep index() {
        return upkeep;
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
        checks.close();
        index.close();
    }
}
