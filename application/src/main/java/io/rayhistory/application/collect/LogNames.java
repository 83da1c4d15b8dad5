package io.rayhistory.application.collect;

import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.application.port.RayFolder.OpenLog;
import io.rayhistory.domain.id.SessionKey;
import io.rayhistory.domain.layout.StorageLayout;

import java.io.IOException;
import java.util.Optional;

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

    LogNames(ObjectStore store, StorageLayout layout, SessionKey session, LogSettings settings, RequestBudget budget, LogTally tally) {
        this.store = store;
        this.layout = layout;
        this.session = session;
        this.settings = settings;
        this.budget = budget;
        this.tally = tally;
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
        if (before.print().length() == 0) {
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

    /** A small file that another one replaced by a rename, as some programs write their state. Rotation leaves files behind. */
    private boolean wasReplaced(LogFamily family, TrackedLog before) {
        return !before.present() && before.handedOver() && before.print().length() <= settings.replaceBytes() && !family.rotates();
    }

    private boolean archive(LogFamily family, LogJournal journal, TrackedLog before, TrackedLog base) {
        String version = before.etag();
        Fingerprint sent = before.print();
        int number = before.archiving() > 0 ? before.archiving() : freeNumber(family);
        Optional<ObjectInfo> copy = copy(family, journal, before, number);
        if (copy.isEmpty()) {
            before.unname();
            base.takeOver(family.path(), "");
        } else {
            boolean asKnown = copy.get().length() == sent.length() && !before.suspect();
            before.become(family.archive(number), copy.get().etag(), sent);
            if (!asKnown) {
                before.suspectObject();
            }
            base.takeOver(family.path(), version);
            journal.record(before.entry(family, false), base.entry(family, false));
        }
        return true;
    }

    private Optional<ObjectInfo> copy(LogFamily family, LogJournal journal, TrackedLog log, int number) {
        log.archiveAs(number);
        journal.record(log.entry(family, false));
        budget.take();
        Optional<ObjectInfo> copy = store.copy(full(family, log.object()), full(family, family.archive(number)));
        if (copy.isPresent()) {
            tally.archived.increment();
        }
        return copy;
    }

    private int freeNumber(LogFamily family) {
        int number = family.unusedFrom(1);
        while (store.find(full(family, family.archive(number))).isPresent()) {
            number = family.unusedFrom(number + 1);
        }
        return number;
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
            copy(family, journal, log, number);
        }
        log.takeOver(object, version);
        journal.record(log.entry(family, false));
    }

    /** Gives a file its first name. @param adopts whether objects of unknown origin may turn out to be the file's */
    void name(LogFamily family, LogJournal journal, TrackedLog log, OpenLog file, boolean adopts) throws IOException {
        boolean own = family.isBase(log) || family.base().isEmpty();
        if (own && family.owner().isEmpty()) {
            log.become(family.path(), "", Fingerprint.EMPTY);
        } else {
            number(family, journal, log, file, adopts);
        }
    }

    private void number(LogFamily family, LogJournal journal, TrackedLog log, OpenLog file, boolean adopts) throws IOException {
        long size = log.file().size();
        for (int number = family.unusedFrom(1); ; number = family.unusedFrom(number + 1)) {
            String object = family.archive(number);
            StoredLog stored = StoredLog.compare(store, full(family, object), file, size);
            boolean fits = stored.relation() == StoredLog.Relation.BEGINNING || stored.relation() == StoredLog.Relation.MORE;
            if (stored.relation() == StoredLog.Relation.ABSENT || adopts && fits) {
                log.become(object, "", Fingerprint.EMPTY);
                if (fits) {
                    log.suspectObject(); // What it holds is found out where that is known to happen.
                }
                journal.record(log.entry(family, false));
                return;
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
