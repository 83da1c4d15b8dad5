package io.rayhistory.adapters.filesystem;

import io.rayhistory.application.port.EventSpool.Category;
import io.rayhistory.application.port.SpoolFile;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** All spool files and their sums. Never touches the disk, so who asks never waits for one. Thread-safe. */
final class SpoolTable {
    /** Files opened in the same instant stay in the order of their finding. */
    private static final Comparator<SpoolEntry> OLDEST =
            Comparator.<SpoolEntry, Instant>comparing(entry -> entry.opened).thenComparingLong(entry -> entry.id);

    private final Map<Long, SpoolEntry> entries = new LinkedHashMap<>();
    /** Least recently written first. */
    private final Map<Category, SpoolEntry> active = new LinkedHashMap<>(16, 0.75f, true);
    private long lastId;
    private long unsent;
    private long disk;
    private long dropped;

    /** @param growing true for an active file, false for one an earlier process left */
    synchronized SpoolEntry add(String clusterFolder, Category category, Instant opened, boolean gzip, Path path, String nodeId,
                                long committed, boolean growing) {
        SpoolEntry entry = new SpoolEntry(++lastId, clusterFolder, category, opened, gzip, path, nodeId);
        entry.committed = committed;
        entry.tail = committed;
        entry.active = growing;
        entries.put(entry.id, entry);
        if (growing) {
            active.put(category, entry);
        }
        unsent += committed;
        disk += committed;
        return entry;
    }

    synchronized Optional<SpoolEntry> active(Category category) {
        return Optional.ofNullable(active.get(category));
    }

    synchronized List<SpoolEntry> active(Predicate<SpoolEntry> wanted) {
        return new ArrayList<>(active.values().stream().filter(wanted).toList());
    }

    /** The files that are too many, least recently written first. */
    synchronized List<SpoolEntry> beyond(int mostActive) {
        return new ArrayList<>(active.values().stream().limit(Math.max(0, active.size() - mostActive)).toList());
    }

    /** What lies behind {@code committed} has been acknowledged. */
    synchronized void grow(SpoolEntry entry, Instant now) {
        long added = entry.tail - entry.committed;
        if (entry.unsent() == 0) {
            entry.unsentSince = now;
        }
        entry.committed = entry.tail;
        unsent += added;
        disk += added;
    }

    synchronized void sealed(SpoolEntry entry) {
        entry.active = false;
        active.remove(entry.category, entry);
    }

    synchronized void named(SpoolEntry entry, Path path, String nodeId) {
        entry.path = path;
        entry.nodeId = nodeId;
    }

    synchronized List<SpoolEntry> unnamed() {
        return new ArrayList<>(entries.values().stream().filter(entry -> entry.nodeId.isEmpty()).toList());
    }

    /** Takes note of confirmed bytes. @return the entry, if it is done with and its file may go */
    synchronized Optional<SpoolEntry> confirm(long id, long length) {
        SpoolEntry entry = entries.get(id);
        if (entry == null) {
            return Optional.empty();
        }
        long more = Math.min(length, entry.committed) - entry.sent;
        if (more > 0) {
            entry.sent += more;
            unsent -= more;
        }
        return !entry.active && entry.unsent() == 0 ? Optional.of(entry) : Optional.empty();
    }

    synchronized void remove(SpoolEntry entry) {
        if (entries.remove(entry.id) != null) {
            active.remove(entry.category, entry);
            unsent -= entry.unsent();
            disk -= entry.committed;
        }
    }

    /** Like {@link #remove}, for bytes that nobody has confirmed. */
    synchronized void drop(SpoolEntry entry) {
        if (entries.containsKey(entry.id)) {
            dropped += entry.unsent();
            remove(entry);
        }
    }

    synchronized Optional<SpoolEntry> oldest() {
        return entries.values().stream().filter(entry -> entry.unsent() > 0).min(OLDEST);
    }

    /** The active file of which most has been confirmed, if the confirmed bytes on the disk are more than that. */
    synchronized Optional<SpoolEntry> worthDeleting(long mostConfirmed) {
        return disk - unsent <= mostConfirmed ? Optional.empty()
                : active.values().stream().filter(entry -> entry.sent > 0).max(Comparator.comparingLong(entry -> entry.sent));
    }

    /** Where a file lies, and how much of it may be read. */
    record Place(Path path, long committed) {
    }

    synchronized Optional<Place> place(long id) {
        return Optional.ofNullable(entries.get(id)).map(entry -> new Place(entry.path, entry.committed));
    }

    synchronized Optional<SpoolEntry> find(long id) {
        return Optional.ofNullable(entries.get(id));
    }

    synchronized List<SpoolFile> snapshot() {
        return entries.values().stream().filter(entry -> entry.committed > 0).sorted(OLDEST).map(SpoolEntry::snapshot).toList();
    }

    synchronized Optional<Instant> oldestUnsent() {
        return entries.values().stream().filter(entry -> entry.unsent() > 0).map(entry -> entry.unsentSince)
                .min(Comparator.naturalOrder());
    }

    synchronized long unsent() {
        return unsent;
    }

    synchronized long disk() {
        return disk;
    }

    synchronized long dropped() {
        return dropped;
    }

    synchronized int files() {
        return entries.size();
    }
}
