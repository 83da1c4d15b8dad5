package io.rayhistory.application.read;

import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.id.SessionKey;

import java.lang.System.Logger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the session index: of the days that a question touches, what has changed since they were last read, and the objects
 * of single sessions that are in no day yet. It is a cache: whatever is missing, damaged, newer or out of reach is as if it
 * was not there. Keeps at most {@value #MOST_KEPT} sessions, those of the days used last. Thread-safe.
 */
final class SummaryIndex {
    private static final Logger LOG = System.getLogger(SummaryIndex.class.getName());
    static final Comparator<SessionKey> BY_NAME = Comparator.comparing(SessionKey::session)
            .thenComparing(key -> key.cluster().namespace()).thenComparing(key -> key.cluster().name())
            .thenComparing(key -> key.cluster().ownerKind()).thenComparing(key -> key.cluster().ownerName());
    /** Some 250 bytes each. */
    static final int MOST_KEPT = 200_000;
    /** Objects of single sessions that one question reads; it does without the others. */
    static final int MOST_FRESH = 200;
    private static final Duration GOOD_FOR = Duration.ofSeconds(5);

    /** @param etag of the object it was read from */
    private record Day(String etag, Map<SessionKey, IndexedSession> sessions) {
    }

    private final IndexObjects objects;
    private final Map<String, Day> days = new LinkedHashMap<>(16, 0.75f, true);
    /** By object name; they never change. */
    private final Map<String, List<IndexedSession>> fresh = new HashMap<>();
    private IndexObjects.Listing listing;
    private long listedNanos;
    private String trouble = "";

    SummaryIndex(IndexObjects objects) {
        this.objects = objects;
    }

    /** What the index has of these sessions. Never fails: who asks does without. */
    synchronized Map<SessionKey, IndexedSession> find(Collection<SessionKey> wanted) {
        Map<SessionKey, IndexedSession> found = new HashMap<>();
        try {
            IndexObjects.Listing now = listing();
            Set<String> touched = new LinkedHashSet<>();
            wanted.forEach(key -> touched.add(IndexedSession.dayOf(key)));
            readDays(now, touched);
            List<ObjectInfo> single = new ArrayList<>();
            for (SessionKey key : wanted) {
                Day day = days.get(IndexedSession.dayOf(key));
                if (day != null && day.sessions().containsKey(key)) {
                    found.put(key, day.sessions().get(key));
                }
                single.addAll(now.fresh().isEmpty() ? List.of() : now.fresh().getOrDefault(objects.stem(key), List.of()));
            }
            readFresh(single);
            Set<SessionKey> asked = single.isEmpty() ? Set.of() : new HashSet<>(wanted);
            single.forEach(object -> fresh.getOrDefault(object.name(), List.of()).stream().filter(each -> asked.contains(each.key()))
                    .forEach(each -> found.merge(each.key(), each, IndexedSession::later)));
            trim(touched);
            trouble = "";
        } catch (HistoryException e) {
            if (!e.getMessage().equals(trouble)) {
                LOG.log(Logger.Level.WARNING, "lists lack figures, for the session index cannot be read: {0}", e.getMessage());
            }
            trouble = e.getMessage();
        }
        return found;
    }

    /** What was written here is seen by the next question. */
    synchronized void changed() {
        listing = null;
    }

    private IndexObjects.Listing listing() {
        if (listing == null || System.nanoTime() - listedNanos > GOOD_FOR.toNanos()) {
            listing = objects.list();
            listedNanos = System.nanoTime();
            Set<String> there = new HashSet<>();
            listing.fresh().values().forEach(all -> all.forEach(object -> there.add(object.name())));
            fresh.keySet().retainAll(there);
            days.keySet().retainAll(listing.days().keySet());
        }
        return listing;
    }

    private void readDays(IndexObjects.Listing now, Set<String> touched) {
        Map<String, String> names = new HashMap<>();
        for (String day : touched) {
            ObjectInfo object = now.days().get(day);
            Day known = days.get(day);
            if (object != null && (known == null || !known.etag().equals(object.etag()))) {
                names.put(objects.dayName(day), day);
            }
        }
        objects.read(names.keySet()).forEach((name, stored) -> {
            Map<SessionKey, IndexedSession> sessions = new HashMap<>();
            stored.content().sessions().forEach(each -> sessions.put(each.key(), each));
            if (stored.content().state() == IndexFormat.State.DAMAGED) {
                LOG.log(Logger.Level.WARNING, "''{0}'' is damaged; lists lack the figures of that day", name);
            }
            days.put(names.get(name), new Day(stored.etag(), sessions));
        });
    }

    private void readFresh(List<ObjectInfo> single) {
        List<String> unread = single.stream().map(ObjectInfo::name).filter(name -> !fresh.containsKey(name)).limit(MOST_FRESH).toList();
        objects.read(unread).forEach((name, stored) -> fresh.put(name, stored.content().sessions()));
    }

    private void trim(Set<String> touched) {
        long kept = fresh.size() + days.values().stream().mapToLong(day -> day.sessions().size()).sum();
        for (String oldest : List.copyOf(days.keySet())) {
            if (kept <= MOST_KEPT) {
                return;
            }
            if (!touched.contains(oldest)) {
                kept -= days.remove(oldest).sessions().size();
            }
        }
    }
}
