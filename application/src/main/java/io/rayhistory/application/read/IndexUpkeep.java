package io.rayhistory.application.read;

import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.id.SessionKey;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Makes the whole session index, or compares it with what it was made from. Reads a lot: every session is listed. */
public final class IndexUpkeep {
    private static final int SESSIONS_AT_ONCE = 4;

    private final SessionCatalog catalog;
    private final LoadedSessions.Source source;
    private final IndexObjects objects;
    private final FailureReports failures;
    private final Duration quiet;
    private final InstantSource clock;

    IndexUpkeep(SessionCatalog catalog, LoadedSessions.Source source, IndexObjects objects, FailureReports failures, Duration quiet,
                InstantSource clock) {
        this.catalog = catalog;
        this.source = source;
        this.objects = objects;
        this.failures = failures;
        this.quiet = quiet;
        this.clock = clock;
    }

    /**
     * @param sessions that are stored
     * @param sound    of these, whose figures are there and right
     * @param open     that have not ended, so that they need none
     * @param missing  that have no figures
     * @param stale    whose figures are of an earlier state of the session
     * @param gone     figures of sessions that are not stored any more
     * @param damaged  objects of the index that cannot be used
     * @param written  sessions whose figures were written now
     * @param failed   sessions that could not be read
     */
    public record Report(int sessions, int sound, int open, int missing, int stale, int gone, int damaged, int written, int failed) {
    }

    private enum Finding { SOUND, OPEN, MISSING, STALE, FAILED }

    /** @param made the figures, null if none are needed or were to be made */
    private record Checked(SessionKey key, Finding finding, IndexedSession made) {
    }

    /**
     * Compares, changes nothing.
     *
     * @param tell gets a line for each thing that is not as it should be
     * @throws HistoryException UNAVAILABLE if the store cannot be listed
     */
    public Report verify(Consumer<String> tell) {
        return run(false, false, tell);
    }

    /**
     * Makes what is missing or stale, and puts everything into its day.
     *
     * @param all  also makes what seems to be right
     * @throws HistoryException UNAVAILABLE if the store cannot be listed or refuses to be written
     */
    public Report rebuild(boolean all, Consumer<String> tell) {
        return run(true, all, tell);
    }

    private Report run(boolean write, boolean all, Consumer<String> tell) {
        SortedMap<String, List<SessionEntry>> days = new TreeMap<>();
        List<SessionEntry> sessions = catalog.list().sessions();
        sessions.forEach(entry -> days.computeIfAbsent(IndexedSession.dayOf(entry.key()), day -> new ArrayList<>()).add(entry));
        IndexObjects.Listing listing = objects.list();
        listing.days().keySet().forEach(day -> days.computeIfAbsent(day, none -> new ArrayList<>()));
        int damaged = damaged(listing, tell);
        int gone = 0;
        int written = 0;
        Map<Finding, Integer> findings = new HashMap<>();
        SummaryIndex index = new SummaryIndex(objects);
        IndexMerger merger = new IndexMerger(objects, clock);
        ExecutorService threads = Executors.newFixedThreadPool(SESSIONS_AT_ONCE);
        try {
            for (Map.Entry<String, List<SessionEntry>> day : days.entrySet()) {
                List<IndexedSession> made = new ArrayList<>();
                Set<SessionKey> there = new HashSet<>();
                day.getValue().forEach(entry -> there.add(entry.key()));
                gone += gone(day.getKey(), there, tell);
                for (Checked checked : check(day.getValue(), index, write, all, threads, tell)) {
                    findings.merge(checked.finding(), 1, Integer::sum);
                    if (checked.made() != null) {
                        made.add(checked.made());
                    } else if (checked.finding() == Finding.STALE) {
                        there.remove(checked.key()); // It goes on: better no figures than old ones.
                    }
                }
                if (write && !merger.put(day.getKey(), made, there::contains)) {
                    tell.accept(objects.dayName(day.getKey()) + " is left alone: it is of a newer version, or others write it");
                } else {
                    written += made.size();
                }
            }
            if (write) {
                merger.mergeAll();
            }
        } finally {
            threads.shutdownNow();
        }
        return new Report(sessions.size(), count(findings, Finding.SOUND), count(findings, Finding.OPEN), count(findings, Finding.MISSING),
                count(findings, Finding.STALE), gone, damaged, written, count(findings, Finding.FAILED));
    }

    private static int count(Map<Finding, Integer> findings, Finding finding) {
        return findings.getOrDefault(finding, 0);
    }

    private int damaged(IndexObjects.Listing listing, Consumer<String> tell) {
        List<String> names = new ArrayList<>(listing.days().keySet().stream().map(objects::dayName).toList());
        listing.fresh().values().forEach(all -> all.forEach(object -> names.add(object.name())));
        int damaged = 0;
        for (Map.Entry<String, IndexObjects.Stored> each : new TreeMap<>(objects.read(names)).entrySet()) {
            if (each.getValue().content().state() != IndexFormat.State.SOUND) {
                damaged++;
                tell.accept(each.getKey() + (each.getValue().content().state() == IndexFormat.State.NEWER
                        ? " is of a newer version than this program knows" : " is damaged"));
            }
        }
        return damaged;
    }

    private int gone(String day, Set<SessionKey> there, Consumer<String> tell) {
        int gone = 0;
        for (IndexedSession session : objects.read(objects.dayName(day)).map(stored -> stored.content().sessions()).orElse(List.of())) {
            if (!there.contains(session.key())) {
                gone++;
                tell.accept(name(session.key()) + " is not stored any more");
            }
        }
        return gone;
    }

    private List<Checked> check(List<SessionEntry> entries, SummaryIndex index, boolean write, boolean all, ExecutorService threads,
                                Consumer<String> tell) {
        Map<SessionKey, IndexedSession> known = index.find(entries.stream().map(SessionEntry::key).toList());
        List<Future<Checked>> checks = new ArrayList<>();
        entries.forEach(entry -> checks.add(threads.submit(() -> check(entry, known.get(entry.key()), write, all, tell))));
        List<Checked> checked = new ArrayList<>();
        try {
            for (Future<Checked> each : checks) {
                checked.add(each.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw HistoryException.unavailable("Interrupted.", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known2 ? known2 : new IllegalStateException(e.getCause());
        }
        return checked;
    }

    private Checked check(SessionEntry entry, IndexedSession known, boolean write, boolean all, Consumer<String> tell) {
        try {
            SessionContents contents = source.locate(entry);
            String fingerprint = ListingFingerprint.of(contents);
            boolean sound = known != null && known.fingerprint().equals(fingerprint);
            Finding finding = sound ? Finding.SOUND : !EndedSession.isEnded(contents, clock.instant(), quiet) && known == null ? Finding.OPEN
                    : known == null ? Finding.MISSING : Finding.STALE;
            if (finding == Finding.STALE || finding == Finding.MISSING && !write) {
                tell.accept(name(entry.key()) + (finding == Finding.STALE ? " has changed since its figures were made" : " has no figures"));
            }
            boolean make = write && (all || !sound) && EndedSession.isEnded(contents, clock.instant(), quiet);
            return new Checked(entry.key(), finding, make ? made(entry, contents, fingerprint) : null);
        } catch (HistoryException e) {
            tell.accept(name(entry.key()) + ": " + e.getMessage());
            return new Checked(entry.key(), Finding.FAILED, null);
        }
    }

    private IndexedSession made(SessionEntry entry, SessionContents contents, String fingerprint) {
        StoredSession session = source.load(entry, contents, new LoadMeter()).session();
        return new IndexedSession(entry.key(), fingerprint, clock.millis(), SessionSummary.of(session, failures.of(session)));
    }

    private static String name(SessionKey key) {
        return key.cluster().namespace() + "/" + key.cluster().name() + "/" + key.session();
    }
}
