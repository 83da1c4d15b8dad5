package io.rayhistory.application.collect;

import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.application.port.RayFolder.OpenLog;
import io.rayhistory.domain.id.SessionKey;
import io.rayhistory.domain.layout.StorageLayout;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which object a file of a family is. The base has the family's own name; an object that has to make room is copied
 * within the store to {@code {path}.{k}}, k being the smallest number that nobody has, so 1 is the oldest. Intentions are
 * journalled first, so that a repeat after a kill copies to the same number. For the thread that ships the family.
 */
final class LogNames {
    private final ObjectStore store;
    private final StorageLayout layout;
    private final SessionKey session;
    private final LogSettings settings;
    private final RequestBudget budget;
    private final LogTally tally;
    private final Predicate<String> taken;

    /** @param taken whether any file of the session is an object of that name */
    LogNames(ObjectStore store, StorageLayout layout, SessionKey session, LogSettings settings, RequestBudget budget, LogTally tally,
             Predicate<String> taken) {
        this.store = store;
        this.layout = layout;
        this.session = session;
        this.settings = settings;
        this.budget = budget;
        this.tally = tally;
        this.taken = taken;
    }

    /** The full name of an object. */
    String full(LogFamily family, String object) {
        return layout.logFile(session, family.nodeId(), object);
    }

    /**
     * Sees to it that the family's own name is free for the base.
     *
     * @return false if that cannot be said yet, so that the base has to wait for another look at the folder
     */
    boolean makeRoom(LogFamily family, LogJournal journal) {
        Optional<TrackedLog> base = family.base().filter(log -> log.object().isEmpty());
        Optional<TrackedLog> owner = family.owner();
        if (base.isEmpty() || owner.isEmpty()) {
            return true;
        }
        TrackedLog before = owner.get();
        if (!before.present() && before.missing() < 2) {
            return false; // A rename while the folder was read may have hidden it.
        }
        if (before.print().length() == 0 && !mayHold(family, before)) {
            base.get().takeOver(family.path(), before.etag());
            before.unname();
        } else if (wasReplaced(family, before)) {
            base.get().takeOver(family.path(), before.etag());
            family.remove(before);
            before.drop();
        } else {
            return archive(family, journal, before, base.get());
        }
        journal.record(base.get().entry(family, false));
        return true;
    }

    /** An upload of which no process lived to see the end may have made the object. */
    private boolean mayHold(LogFamily family, TrackedLog log) {
        return (log.etag().isEmpty() || log.foreign())
                && store.find(full(family, log.object())).filter(object -> !object.etag().equals(log.etag())).isPresent();
    }

    /** A small file that another one replaced by a rename, as some programs write their state. Rotation leaves files behind. */
    private boolean wasReplaced(LogFamily family, TrackedLog before) {
        return !before.present() && before.handedOver() && before.print().length() <= settings.replaceBytes() && !family.rotates();
    }

    private boolean archive(LogFamily family, LogJournal journal, TrackedLog before, TrackedLog base) {
        int number = before.archiving() > 0 ? before.archiving() : freeNumber(family);
        Fingerprint sent = before.print();
        boolean known = !before.suspect();
        String version = before.etag();
        Optional<Archived> archived = copy(family, journal, before, number);
        if (archived.isEmpty()) {
            before.unname();
            base.takeOver(family.path(), "");
        } else {
            ObjectInfo copy = archived.get().copy();
            before.become(family.archive(number), copy.etag(), sent);
            if (!known || copy.length() != sent.length() || !archived.get().original().etag().equals(version)) {
                before.suspectObject();
            }
            base.takeOver(family.path(), archived.get().original().etag());
            journal.record(before.entry(family, false), base.entry(family, false));
        }
        return true;
    }

    /** @param original as it was before the copy: whoever replaces that version loses nothing */
    private record Archived(ObjectInfo original, ObjectInfo copy) {
    }

    private Optional<Archived> copy(LogFamily family, LogJournal journal, TrackedLog log, int number) {
        log.archiveAs(number);
        journal.record(log.entry(family, false));
        budget.take();
        Optional<ObjectInfo> original = store.find(full(family, log.object()));
        Optional<ObjectInfo> copy = original.isEmpty() ? original : store.copy(full(family, log.object()), full(family, family.archive(number)));
        if (copy.isPresent()) {
            tally.archived.increment();
        }
        return copy.map(made -> new Archived(original.get(), made));
    }

    private int freeNumber(LogFamily family) {
        while (true) {
            int number = family.unusedFrom(1);
            String object = family.archive(number);
            boolean ours = taken.test(object);
            if (!ours && store.find(full(family, object)).isEmpty()) {
                return number;
            }
            family.reserve(number);
            if (!ours) {
                reserveStored(family);
            }
        }
    }

    /** Of files that are long gone only the store knows; asked number by number, it would be asked for each of them. */
    private void reserveStored(LogFamily family) {
        String base = full(family, family.path());
        store.list(base + ".").forEachRemaining(object ->
                family.reserve(family.archived(family.path() + object.name().substring(base.length()))));
    }

    /**
     * The file is no longer what was sent of it. Small ones replace their object, of the others it is archived; then all
     * is sent anew.
     */
    void startAnew(LogFamily family, LogJournal journal, TrackedLog log) {
        String object = log.object();
        String version = log.etag();
        if (log.print().length() > settings.replaceBytes() || family.rotates()) {
            int number = log.archiving() > 0 ? log.archiving() : freeNumber(family);
            family.reserve(number);
            version = copy(family, journal, log, number).map(archived -> archived.original().etag()).orElse("");
        }
        log.takeOver(object, version);
        journal.record(log.entry(family, false));
    }

    /** Gives a file its first name. @param adopts whether objects of unknown origin may turn out to be the file's */
    void name(LogFamily family, LogJournal journal, TrackedLog log, OpenLog file, boolean adopts) throws IOException {
        // What cannot be changed cannot make room either: the name is kept for the file that has the path at the end.
        boolean own = family.isBase(log) || !settings.whole() && family.base().isEmpty();
        if (own && !taken.test(family.path())) {
            log.become(family.path(), "", Fingerprint.EMPTY);
            journal.record(log.entry(family, false));
        } else {
            number(family, journal, log, file, adopts);
        }
    }

    private void number(LogFamily family, LogJournal journal, TrackedLog log, OpenLog file, boolean adopts) throws IOException {
        int number = adopts ? adoptable(family, log.file().size(), file) : freeNumber(family);
        log.become(family.archive(number), "", Fingerprint.EMPTY);
        if (adopts) {
            log.suspectObject(); // What it holds is found out where that is known to happen.
        }
        journal.record(log.entry(family, false));
    }

    private int adoptable(LogFamily family, long size, OpenLog file) throws IOException {
        for (int number = family.unusedFrom(1); ; number = family.unusedFrom(number + 1)) {
            String object = family.archive(number);
            if (!taken.test(object)) {
                StoredLog.Relation stored = StoredLog.compare(store, full(family, object), file, size).relation();
                // Everything goes on from where an empty file ends.
                if (stored == StoredLog.Relation.ABSENT || stored == StoredLog.Relation.BEGINNING
                        || stored == StoredLog.Relation.MORE && size > 0) {
                    return number;
                }
            }
        }
    }

    /** Somebody else's content has the file's name: the file gets another, unless that content is safe elsewhere. */
    void evade(LogFamily family, LogJournal journal, TrackedLog log, OpenLog file, ObjectInfo foreign, HeldMembers members)
            throws IOException {
        if (log.object().equals(family.path())) {
            for (TrackedLog other : family.oldestFirst()) {
                if (other != log && !other.object().isEmpty() && !other.suspect() && other.print().length() >= foreign.length()
                        && members.beginsWith(other, foreign)) {
                    log.takeOver(family.path(), foreign.etag());
                    return;
                }
            }
        }
        journal.record(log.entry(family, true));
        number(family, journal, log, file, false);
    }

    /** Answers whether a member's file begins with what an object holds. */
    @FunctionalInterface
    interface HeldMembers {
        boolean beginsWith(TrackedLog member, ObjectInfo object) throws IOException;
    }
}
