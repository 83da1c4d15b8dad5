package io.rayhistory.application.collect;

import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.application.port.RayFolder.LogFile;
import io.rayhistory.application.port.RayFolder.LogFolder;
import io.rayhistory.application.port.RayFolder.OpenLog;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Brings what is new of a family's files into the store. No byte counts as sent before the store has confirmed it, and
 * every write names the version it builds on: if that is not there any more, the answer to an earlier write was lost or
 * somebody else wrote, and what the store holds decides. One thread per family, many families at once.
 */
final class LogShipper {
    private final ObjectStore store;
    private final LogNames names;
    private final HeldLogs held;
    private final LogFolder where;
    private final LogSettings settings;
    private final LogTally tally;
    private final boolean adopts;

    /** @param adopts whether there was no journal, so that objects of unknown origin may be ours */
    LogShipper(ObjectStore store, LogNames names, HeldLogs held, LogFolder where, LogSettings settings, LogTally tally, boolean adopts) {
        this.store = store;
        this.names = names;
        this.held = held;
        this.where = where;
        this.settings = settings;
        this.tally = tally;
        this.adopts = adopts;
    }

    /**
     * @return whether anything became of it
     * @throws IOException if a file cannot be read, which another look at the folder may explain
     */
    boolean ship(LogFamily family, LogJournal journal, Predicate<TrackedLog> due) throws IOException {
        boolean roomForBase = names.makeRoom(family, journal);
        boolean confirmed = false;
        for (TrackedLog log : family.oldestFirst()) {
            if (!due.test(log) || log.object().isEmpty() && family.isBase(log) && !roomForBase) {
                continue;
            }
            Fingerprint before = log.print();
            boolean readable = held.use(where, log, file -> {
                send(new Sending(family, journal, log, file, log.file()));
                return true;
            }).orElse(false);
            if (!readable && !log.present()) {
                tally.lostBytes.add(log.abandon());
            } else if (!readable && log.isElsewhere()) {
                return confirmed; // Younger files come after it.
            }
            confirmed |= log.waitingSince() == TrackedLog.NOTHING || !log.print().equals(before);
        }
        return confirmed;
    }

    /** @param seen the file as the scan saw it: no more than that is read, so that a growing file is consistent */
    private record Sending(LogFamily family, LogJournal journal, TrackedLog log, OpenLog file, LogFile seen) {
        long size() {
            return seen.size();
        }

        /** True if the store has all that was seen. */
        boolean done() {
            return log.print().length() == size() && !log.etag().isEmpty() && !log.foreign();
        }

        void confirm(String etag, Fingerprint print, long longer) {
            log.confirm(etag, print, longer, print.length() == size() ? seen.modifiedNs() : -1);
            journal.record(log.entry(family, false));
        }
    }

    private void send(Sending s) throws IOException {
        if (s.log.object().isEmpty()) {
            names.name(s.family, s.journal, s.log, s.file, adopts);
        }
        if (s.log.suspect() && !ask(s)) {
            return;
        }
        if (s.size() <= settings.wholeBytes()) {
            sendWhole(s);
        } else {
            sendPart(s);
        }
    }

    /** Finds out what the object holds. @return false if nothing is to be sent */
    private boolean ask(Sending s) throws IOException {
        if (s.size() == 0 && s.log.print().length() > 0) {
            return false; // Cut to nothing for now: everything begins with nothing, so it would tell nothing.
        }
        StoredLog stored = StoredLog.compare(store, name(s), s.file, s.size());
        if (stored.relation() != StoredLog.Relation.ABSENT && s.log.trustObject(stored.object().etag())) {
            return true;
        }
        switch (stored.relation()) {
            case ABSENT -> s.log.become(s.log.object(), "", Fingerprint.EMPTY);
            case BEGINNING -> {
                tally.adopted.increment();
                s.confirm(stored.object().etag(), print(s.file, stored.object().length()), 0);
            }
            case MORE -> {
                tally.adopted.increment();
                s.confirm(stored.object().etag(), print(s.file, s.size()), stored.object().length());
                return false;
            }
            case OTHER -> {
                if (isAttempt(s.log, stored.object())) {
                    s.log.confirm(stored.object().etag(), s.log.attempted(), 0, -1); // The file is another by now.
                } else {
                    names.evade(s.family, s.journal, s.log, s.file, stored.object(), (member, object) ->
                            held.use(where, member, file -> object.length() <= file.size() && StoredLog.compare(store, object.name(), file,
                                    file.size()).relation() == StoredLog.Relation.BEGINNING).orElse(false));
                }
            }
        }
        return true;
    }

    /** A file that is rewritten all the time differs from what was sent of it a moment ago, though nobody else wrote. */
    private boolean isAttempt(TrackedLog log, ObjectInfo object) {
        Fingerprint attempt = log.attempted();
        return object.length() == attempt.length() && object.length() <= settings.wholeBytes()
                && store.read(object.name(), 0, ObjectStore.TO_END, object.etag(), (stream, info) ->
                        Fingerprint.of(stream.readAllBytes()).equals(attempt)).orElse(false);
    }

    private void sendWhole(Sending s) throws IOException {
        byte[] content = Fingerprint.read(s.file, 0, (int) s.size());
        if (!s.log.print().isPrefixOf(content)) {
            names.startAnew(s.family, s.journal, s.log);
        } else if (s.done()) {
            s.log.confirm(s.log.etag(), s.log.print(), 0, s.seen.modifiedNs());
            return;
        }
        Fingerprint print = Fingerprint.of(content);
        s.log.attempt(print);
        settle(s, store.extend(name(s), s.log.etag(), 0, new ByteArrayInputStream(content)), print, content.length);
    }

    private void sendPart(Sending s) throws IOException {
        Fingerprint before = s.log.print();
        if (before.length() > s.size() || !before.edgesMatch(s.file)) {
            names.startAnew(s.family, s.journal, s.log);
            before = s.log.print();
        } else if (s.done()) {
            s.log.confirm(s.log.etag(), before, 0, s.seen.modifiedNs());
            return;
        }
        Fingerprint kept = before.length() < Fingerprint.EDGE ? Fingerprint.EMPTY : before;
        LogPart part = new LogPart(s.file, kept, Math.min(s.size(), kept.length() + settings.partBytes()));
        Optional<ObjectInfo> stored = store.extend(name(s), s.log.etag(), kept.length(), part);
        settle(s, stored, stored.isPresent() ? part.fingerprint() : before, stored.isPresent() ? part.sent() : 0);
    }

    private void settle(Sending s, Optional<ObjectInfo> stored, Fingerprint print, long sent) {
        if (stored.isPresent()) {
            tally.uploads.increment();
            tally.sentBytes.add(sent);
            s.confirm(stored.get().etag(), print, 0);
        } else {
            s.log.suspectObject();
        }
    }

    private Fingerprint print(OpenLog file, long length) throws IOException {
        return length <= settings.wholeBytes() ? Fingerprint.of(Fingerprint.read(file, 0, (int) length)) : Fingerprint.of(file, length);
    }

    private String name(Sending s) {
        return names.full(s.family, s.log.object());
    }
}
