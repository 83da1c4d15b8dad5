package io.rayhistory.application.collect;

import io.rayhistory.application.port.JournalFolder;
import io.rayhistory.application.port.RayFolder;
import io.rayhistory.application.port.RayFolder.LogFile;
import io.rayhistory.application.port.RayFolder.LogFolder;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The log files of one session: finds out, by looking, which are new, grown, renamed or gone. A file keeps the node under
 * which its family was first seen, also when the raylet comes back under another id. Looking is for one thread; {@link
 * #families} may be asked by any.
 */
final class TrackedSession {
    /** A deleted file may still be written to; after so many looks that showed nothing it is let go. */
    private static final int PATIENCE = 60;
    private static final int TRIES = 3;

    private final LogFolder where;
    private final LogListing listing;
    private final RayFolder folder;
    private final HeldLogs held;
    private final JournalFolder journals;
    private final String subject;
    private final Map<String, LogJournal> journalOf = new ConcurrentHashMap<>();
    private final Map<String, LogFamily> families = new ConcurrentHashMap<>();
    private final Map<String, TrackedLog> byId = new HashMap<>();
    /** Of earlier processes and not seen yet, by inode: several, if one was used again. */
    private final Map<String, List<TrackedLog>> recalled = new HashMap<>();
    private final Map<TrackedLog, LogFamily> familyOf = new HashMap<>();
    /** Looks in a row at which it was not clear which files a family has. */
    private final Map<String, Integer> patience = new HashMap<>();
    private volatile String nodeId;
    private boolean grew;

    /** @param subject where the objects lie, without the node */
    TrackedSession(String session, String nodeId, RayFolder folder, HeldLogs held, JournalFolder journals, String subject) {
        this.where = LogFolder.of(session);
        this.listing = new LogListing(folder, where);
        this.nodeId = nodeId;
        this.folder = folder;
        this.held = held;
        this.journals = journals;
        this.subject = subject;
    }

    /** Takes up what journals of earlier processes tell. @return false if there was nothing */
    boolean recall() {
        Set<String> nodes = new HashSet<>(journals.nodes(where.session()));
        nodes.add(nodeId);
        for (String node : nodes) {
            for (JournalEntry entry : journal(node).load()) {
                TrackedLog log = new TrackedLog(entry);
                add(log, families.computeIfAbsent(entry.family(), path -> new LogFamily(path, node)));
                recalled.computeIfAbsent(entry.fileId(), key -> new ArrayList<>()).add(log);
            }
        }
        return !recalled.isEmpty();
    }

    LogJournal journal(String node) {
        return journalOf.computeIfAbsent(node, key -> new LogJournal(journals, where.session(), key, subject));
    }

    void moveTo(String node) {
        nodeId = node;
    }

    LogFolder where() {
        return where;
    }

    Collection<LogFamily> families() {
        return families.values();
    }

    boolean hasObject(String object) {
        return families.values().stream().anyMatch(family -> family.has(object));
    }

    /** True if the last look found something that was not there before. */
    boolean grew() {
        return grew;
    }

    /** @param name as it is read if a rotation gave it, else the path with number 0 */
    private record Unknown(String id, LogFile file, RotatedName name) {
    }

    /** Looks once. @param since when it was last looked: what is new now may be that old */
    void look(long since) {
        LogListing.Seen seen = listing.look();
        Set<String> paths = new HashSet<>();
        seen.files().values().forEach(file -> paths.add(file.path()));
        Set<String> unclear = new HashSet<>();
        seen.moving().forEach(path -> unclear.add(reading(path, paths).base()));
        Set<String> postponed = new HashSet<>();
        unclear.forEach(base -> postpone(base, postponed));
        grew = false;
        List<Unknown> unknown = new ArrayList<>();
        Set<TrackedLog> present = new HashSet<>();
        seen.files().forEach((id, file) -> {
            TrackedLog log = known(id, file);
            if (log != null) {
                byId.put(id, log);
                grew |= log.seen() && file.size() != log.file().size();
                log.see(file, since);
                present.add(log);
            } else {
                unknown.add(new Unknown(id, file, reading(file.path(), paths)));
            }
        });
        unknown.sort(Comparator.comparingInt((Unknown one) -> one.name.number()).reversed().thenComparing(one -> one.file.path()));
        for (Unknown one : unknown) {
            String base = one.name.base();
            if (postponed.contains(base)) {
                continue;
            }
            meet(one.id, one.file, families.computeIfAbsent(base, key -> new LogFamily(key, nodeId)), present, since).ifPresentOrElse(log -> {
                grew = true;
                present.add(log);
            }, () -> {
                if (unclear.add(base)) {
                    postpone(base, postponed);
                }
            });
        }
        families.values().removeIf(LogFamily::isEmpty);
        patience.keySet().retainAll(unclear);
        miss(present, since, unclear);
        families.values().stream().filter(family -> !postponed.contains(family.path())).forEach(LogFamily::resume);
    }

    /**
     * Files of one path are met in the order of their age: so their objects are numbered, and a younger one that is stored
     * before an older one leaves a gap if all is killed then. Where that is unclear all wait, though only for some looks.
     */
    private void postpone(String base, Set<String> postponed) {
        if (patience.merge(base, 1, Integer::sum) < TRIES) {
            postponed.add(base);
            Optional.ofNullable(families.get(base)).ifPresent(LogFamily::pause);
        }
    }

    private TrackedLog known(String id, LogFile file) {
        TrackedLog log = byId.get(id);
        if (log != null && isSame(log, file)) {
            return log;
        }
        List<TrackedLog> candidates = recalled.getOrDefault(file.fileId(), new ArrayList<>());
        TrackedLog found = candidates.stream().filter(candidate -> candidate.print().length() > 0 && wasMoved(candidate, file)).findFirst()
                .or(() -> candidates.stream().filter(candidate -> isSame(candidate, file)).findFirst()).orElse(null);
        candidates.remove(found);
        return found;
    }

    /** A held file cannot be another one. The inode of one that is not held may be used again, so more has to fit. */
    private boolean isSame(TrackedLog log, LogFile file) {
        // One that has still its path may have been rewritten, which is found out when it is sent.
        return held.holds(log) || ownsPath(log, file) || wasMoved(log, file);
    }

    /** The path is the same or one that a rotation or a tidy program gives, and the file begins as it did. */
    private boolean wasMoved(TrackedLog log, LogFile file) {
        String before = log.file().path();
        boolean plausible = name(before).equals(name(file.path())) || RotatedName.number(file.path(), familyOf.get(log).path()) > 0
                || RotatedName.readings(before).stream().anyMatch(reading -> RotatedName.number(file.path(), reading.base()) > reading.number());
        return plausible && begins(log, file, false);
    }

    private boolean ownsPath(TrackedLog log, LogFile file) {
        return log.file().path().equals(file.path()) && log.object().equals(file.path()) && familyOf.get(log).path().equals(file.path());
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private boolean begins(TrackedLog log, LogFile file, boolean alsoEnds) {
        return folder.open(where, file).map(open -> {
            try (open) {
                return alsoEnds ? log.print().edgesMatch(open) : log.print().beginsLike(open);
            } catch (IOException vanished) {
                return false;
            }
        }).orElse(false);
    }

    /** Empty if the file cannot be opened, because it was renamed again or may not be read: the next look may tell more. */
    private Optional<TrackedLog> meet(String id, LogFile file, LogFamily family, Set<TrackedLog> present, long since) {
        TrackedLog before = byId.remove(id);
        TrackedLog owner = family.owner().filter(log -> !present.contains(log)).orElse(null);
        if (owner != null && owner != before && !owner.seen() && file.path().equals(family.path()) && begins(owner, file, true)) {
            // Another device number after a reboot, or a copy: its beginning is what was sent.
            recalled.getOrDefault(owner.file().fileId(), new ArrayList<>()).remove(owner);
            owner.see(file, since);
            byId.put(id, owner);
            return Optional.of(owner);
        }
        TrackedLog log = new TrackedLog(file, since);
        if (!hold(log)) {
            return Optional.empty();
        }
        if (owner != null && owner.present() && owner.file().path().equals(file.path())) {
            owner.handOver();
        }
        add(log, family);
        byId.put(id, log);
        return Optional.of(log);
    }

    private boolean hold(TrackedLog log) {
        try {
            return held.use(where, log, file -> true).orElse(false);
        } catch (IOException vanished) {
            return false;
        }
    }

    private void add(TrackedLog log, LogFamily family) {
        family.add(log);
        familyOf.put(log, family);
    }

    private RotatedName reading(String path, Set<String> paths) {
        return RotatedName.readings(path).stream().filter(reading -> paths.contains(reading.base()) || families.containsKey(reading.base()))
                .findFirst().orElse(new RotatedName(path, 0));
    }

    private void miss(Set<TrackedLog> present, long since, Set<String> unclear) {
        List<TrackedLog> all = new ArrayList<>(familyOf.keySet());
        for (TrackedLog log : all) {
            if (present.contains(log)) {
                if (!held.holds(log) && log.waitingSince() != TrackedLog.NOTHING) {
                    hold(log);
                }
                continue;
            }
            long before = log.file().size();
            log.miss(sizeOf(log), since, !unclear.contains(familyOf.get(log).path()));
            grew |= log.file().size() != before;
            if (log.missing() > PATIENCE && log.waitingSince() == TrackedLog.NOTHING) {
                letGo(log);
            }
        }
    }

    private long sizeOf(TrackedLog log) {
        try {
            return held.size(log).orElse(log.file().size());
        } catch (IOException unreadable) {
            return log.file().size();
        }
    }

    /** An archived object needs nobody any more; the one with the family's own name has to be known to make room. */
    private void letGo(TrackedLog log) {
        held.release(log);
        byId.remove(log.file().fileId(), log);
        LogFamily family = familyOf.get(log);
        if (family.busy() || log.object().equals(family.path())) {
            return;
        }
        if (!log.object().isEmpty()) {
            family.reserve(family.archived(log.object()));
            journal(family.nodeId()).record(log.entry(family, true));
        }
        family.remove(log);
        familyOf.remove(log);
        if (family.isEmpty()) {
            families.remove(family.path(), family);
        }
    }

    /** Closes what is held open. */
    void close() {
        for (Iterator<TrackedLog> each = familyOf.keySet().iterator(); each.hasNext();) {
            held.release(each.next());
            each.remove();
        }
    }
}
