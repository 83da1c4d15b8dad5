package io.rayhistory.application.read;

import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.id.SessionKey;

import java.lang.System.Logger;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Puts sessions that have objects of their own into the objects of their days. Any number of processes may do so at once:
 * a day is replaced only in the version that was read, and what was merged is removed only after that. A process that dies
 * in between leaves objects that are merged once more, which changes nothing, for the later figures of a session win.
 */
final class IndexMerger {
    private static final Logger LOG = System.getLogger(IndexMerger.class.getName());
    /** Of a day that is not over: so many objects, and it is merged all the same. */
    static final int MANY = 32;
    private static final int MOST_AT_ONCE = 2_000;
    private static final int TRIES = 5;

    private final IndexObjects objects;
    private final InstantSource clock;

    IndexMerger(IndexObjects objects, InstantSource clock) {
        this.objects = objects;
        this.clock = clock;
    }

    /**
     * Merges the days that are over, and those of which many sessions wait.
     *
     * @return how many sessions came into their days
     * @throws HistoryException if the store refuses
     */
    int mergeDue() {
        return merge(false);
    }

    /** Merges whatever waits. */
    int mergeAll() {
        return merge(true);
    }

    private int merge(boolean all) {
        String today = clock.instant().atOffset(ZoneOffset.UTC).toLocalDate().toString();
        int merged = 0;
        for (Map.Entry<String, List<ObjectInfo>> day : objects.list().freshByDay(objects).entrySet()) {
            boolean over = day.getKey().compareTo(today) != 0;
            if (all || over || day.getValue().size() >= MANY) {
                List<ObjectInfo> some = day.getValue().subList(0, Math.min(MOST_AT_ONCE, day.getValue().size()));
                merged += merge(day.getKey(), some) ? some.size() : 0;
            }
        }
        return merged;
    }

    private boolean merge(String day, List<ObjectInfo> fresh) {
        Map<String, IndexObjects.Stored> read = objects.read(fresh.stream().map(ObjectInfo::name).toList());
        List<IndexedSession> sessions = read.values().stream().flatMap(stored -> stored.content().sessions().stream()).toList();
        if (!put(day, sessions, key -> true)) {
            return false;
        }
        // One of a newer version is left to those who understand it.
        fresh.stream().filter(object -> !read.containsKey(object.name())
                || read.get(object.name()).content().state() != IndexFormat.State.NEWER).forEach(objects::delete);
        return true;
    }

    /**
     * Adds sessions to a day, or renews them there. A damaged day begins anew.
     *
     * @param keep which of the sessions that are there stay
     * @return false if the day's object is of a newer version, or changes all the time
     */
    boolean put(String day, List<IndexedSession> sessions, Predicate<SessionKey> keep) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Optional<IndexObjects.Stored> stored = objects.read(objects.dayName(day));
            IndexFormat.State state = stored.map(found -> found.content().state()).orElse(IndexFormat.State.SOUND);
            if (state == IndexFormat.State.NEWER) {
                return false;
            }
            if (state == IndexFormat.State.DAMAGED) {
                LOG.log(Logger.Level.WARNING, "the session index of {0} is damaged and begins anew; lists lack figures until its "
                        + "sessions are opened, or until ''rayhistory index rebuild''", day);
            }
            Map<SessionKey, IndexedSession> byKey = new TreeMap<>(SummaryIndex.BY_NAME);
            List<IndexedSession> before = stored.map(found -> found.content().sessions()).orElse(List.of());
            before.stream().filter(each -> keep.test(each.key())).forEach(each -> byKey.put(each.key(), each));
            boolean changed = state == IndexFormat.State.DAMAGED || byKey.size() < before.size();
            for (IndexedSession session : sessions) {
                IndexedSession now = byKey.merge(session.key(), session, IndexedSession::later);
                changed |= now == session;
            }
            if (!changed || objects.writeDay(day, stored.map(IndexObjects.Stored::etag).orElse(""), byKey.values())) {
                return true;
            }
        }
        return false;
    }
}
