package io.rayhistory.application.read;

import io.rayhistory.application.port.AnswerCodec;
import io.rayhistory.application.port.EventCodec;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.history.PrintedName;
import io.rayhistory.domain.history.Replay;
import io.rayhistory.domain.history.SessionHistory;

import java.lang.System.Logger;
import java.util.List;
import java.util.Map;

/**
 * Reads a whole session: every event file through the codec into one {@link Replay}, then what logs and stored
 * dashboard answers add. All or nothing: a file that cannot be read fails the load, damage inside files does not.
 * Thread-safe.
 */
final class SessionLoader implements LoadedSessions.Source {
    private static final Logger LOG = System.getLogger("io.rayhistory.load");
    /** Heap of one listed object, roughly: a full name, one below its folder, an etag, a time, a map entry. */
    private static final long BYTES_PER_OBJECT = 600;

    private final ObjectStore store;
    private final SessionLocator locator;
    private final EventCodec events;
    private final AnswerCodec answers;
    private final SessionCacheSettings settings;

    SessionLoader(ObjectStore store, SessionLocator locator, EventCodec events, AnswerCodec answers,
                  SessionCacheSettings settings) {
        this.store = store;
        this.locator = locator;
        this.events = events;
        this.answers = answers;
        this.settings = settings;
    }

    @Override
    public SessionContents locate(SessionEntry entry) {
        SessionContents contents = locator.locate(entry);
        if (contents.isEmpty()) {
            throw HistoryException.missing("Nothing is stored of " + name(entry) + " in " + store.describe() + ".");
        }
        return contents;
    }

    @Override
    public LoadedSessions.Loaded load(SessionEntry entry, SessionContents contents, LoadMeter meter) {
        LoadWatch watch = new LoadWatch(name(entry), settings.loadTimeout());
        LoadTally tally = new LoadTally();
        watch.follow(() -> meter.progress().toString());
        StoredAnswers stored = new StoredAnswers(store, answers, tally);
        Map<String, String> timezone = stored.timezone(contents);
        String rayVersion = stored.rayVersion(contents);
        if (rayVersion.isEmpty()) {
            rayVersion = RayVersionLines.find(store, contents);
        }
        Replay replay = new Replay(entry.key().session());
        new EventFiles(store, events, meter).readInto(replay, entry.key().session(), contents.eventFiles(), tally,
                settings.loadThreads(), watch);
        stored.placementGroups(contents).forEach(replay::add);
        new LogEvidence(store, events, settings.loadThreads(), tally, watch)
                .addTo(replay, contents, LocalStamps.zone(timezone));
        SessionHistory history = named(replay, contents, watch);
        LoadReport report = tally.report(replay.duplicates(), watch.seconds());
        warnOfLosses(entry, tally, report);
        watch.finished(report.events() + " events, " + history.tasks().size() + " task attempts, " + report.files()
                + " files, " + report.bytes() + " bytes, lost " + report.damage() + " " + report.unknownTypes());
        return loaded(new StoredSession(entry, history, new StoredSessionLogs(store, contents),
                new StoreEndpoints(store, contents), rayVersion, timezone, report), contents);
    }

    /** Names are worth looking for only if there are nameless attempts, which only the first history tells. */
    private SessionHistory named(Replay replay, SessionContents contents, LoadWatch watch) {
        SessionHistory history = replay.freeze();
        List<FanIn.Source<PrintedName>> wanted = new PrintedNames(store, contents).wantedBy(history);
        if (wanted.isEmpty()) {
            return history;
        }
        FanIn.drain(settings.loadThreads(), watch, wanted, replay::add);
        return replay.freeze();
    }

    @Override
    public LoadedSessions.Loaded relist(LoadedSessions.Loaded before, SessionContents contents) {
        StoredSession session = before.session();
        return loaded(new StoredSession(session.entry(), session.history(), new StoredSessionLogs(store, contents),
                new StoreEndpoints(store, contents), session.rayVersion(), session.timezone(), session.report()),
                contents);
    }

    static LoadedSessions.Loaded loaded(StoredSession session, SessionContents contents) {
        long objects = contents.eventFiles().size() + contents.endpoints().size()
                + contents.logs().values().stream().mapToLong(Map::size).sum();
        return new LoadedSessions.Loaded(session, contents,
                session.history().weightBytes() + objects * BYTES_PER_OBJECT);
    }

    private static void warnOfLosses(SessionEntry entry, LoadTally tally, LoadReport report) {
        if (report.events() == 0 && !tally.otherSession().isEmpty()) {
            LOG.log(Logger.Level.WARNING, () -> "All events stored for " + name(entry)
                    + " belong to other sessions, such as " + tally.otherSession() + ": none was taken.");
        } else if (!report.damageByFile().isEmpty()) {
            LOG.log(Logger.Level.WARNING, () -> "Damaged input of " + name(entry) + ": " + report.damageByFile());
        }
    }

    static String name(SessionEntry entry) {
        return entry.key().cluster().namespace() + "/" + entry.key().cluster().name() + "/" + entry.key().session();
    }
}
