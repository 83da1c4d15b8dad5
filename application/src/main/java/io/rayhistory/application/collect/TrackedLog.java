package io.rayhistory.application.collect;

import io.rayhistory.application.port.RayFolder.LogFile;

/**
 * One file that is followed: where it was last seen, and what of it the store has confirmed. The scan writes the former,
 * the one thread that ships its family the latter. Thread-safe.
 */
final class TrackedLog {
    /** No byte of it waits. */
    static final long NOTHING = Long.MIN_VALUE;
    /** What a journal has as number of the archive when the object's content is that of the file before. */
    private static final int FOREIGN = -1;
    private static final int MOST_UNREADABLE = 3;
    /** The age of what is written to; rotated files have the number of the rotation, those that are gone are older still. */
    static final int YOUNGEST = -1;
    private static final int GONE = 1 << 20;

    private LogFile file;
    private boolean present;
    private int missing;
    private int age = YOUNGEST;
    private int unreadable;
    private boolean seen;
    private boolean handedOver;
    private boolean dropped;
    private long waitingSince = NOTHING;
    private long latest;

    private String object = "";
    private String etag = "";
    private Fingerprint print = Fingerprint.EMPTY;
    private long floor;
    private int archiving;
    private boolean foreign;
    private Fingerprint attempt = Fingerprint.EMPTY;
    private boolean unanswered;
    private long checkedNs;
    private boolean suspect;

    /** A file seen for the first time. */
    TrackedLog(LogFile file, long since) {
        see(file, since);
    }

    /** What a journal tells; whether its file is still there the next scan will see. */
    TrackedLog(JournalEntry entry) {
        file = new LogFile(entry.path(), entry.fileId(), entry.print().length(), 0);
        object = entry.object();
        etag = entry.etag();
        print = entry.print();
        floor = entry.floor();
        archiving = Math.max(0, entry.archiving());
        foreign = entry.archiving() == FOREIGN;
        age = GONE;
    }

    synchronized void see(LogFile now, long since) {
        file = now;
        present = true;
        seen = true;
        missing = 0;
        notice(since);
    }

    /** The scan did not find it. @param size of what is held open of it, else as before @param certain whether it is not there */
    synchronized void miss(long size, long since, boolean certain) {
        present = false;
        missing += certain ? 1 : 0;
        file = new LogFile(file.path(), file.fileId(), size, file.modifiedNs());
        notice(since);
    }

    synchronized int age() {
        return age;
    }

    synchronized void age(int rotation) {
        age = rotation;
    }

    /** Older than all that are there, and among the gone ones as before. */
    synchronized void ageAsGone() {
        age = age < GONE ? age - YOUNGEST + GONE : age;
    }

    /** Another file has its path from one scan to the next. */
    synchronized void handOver() {
        handedOver = true;
    }

    private void notice(long since) {
        latest = since;
        if (!changed()) {
            waitingSince = NOTHING;
        } else if (waitingSince == NOTHING) {
            waitingSince = since;
        }
    }

    /** True if the store may lack something of it. */
    private boolean changed() {
        if (dropped || !present && (!seen || file.size() == 0)) {
            return false;
        }
        if (object.isEmpty() || suspect || unanswered || foreign) {
            return true;
        }
        if (file.size() == 0) {
            return false; // Cut to nothing: what was sent is worth more than an empty object, until there is more.
        }
        return file.size() != print.length() || floor == 0 && file.modifiedNs() != checkedNs;
    }

    synchronized LogFile file() {
        return file;
    }

    synchronized boolean present() {
        return present;
    }

    /** For how many looks it has certainly not been there. */
    synchronized int missing() {
        return missing;
    }

    /** False for what only a journal tells of. */
    synchronized boolean seen() {
        return seen;
    }

    synchronized boolean handedOver() {
        return handedOver;
    }

    /** Its content does not matter any more. */
    synchronized void drop() {
        unname();
        dropped = true;
        waitingSince = NOTHING;
    }

    /** Since when a byte may wait, {@link #NOTHING} if none does. */
    synchronized long waitingSince() {
        return waitingSince;
    }

    synchronized long unsent() {
        return waitingSince == NOTHING ? 0 : Math.max(0, file.size() - print.length());
    }

    /** Below the node's {@code logs/}; {@code ""} before it has one. */
    synchronized String object() {
        return object;
    }

    synchronized String etag() {
        return etag;
    }

    synchronized Fingerprint print() {
        return print;
    }

    synchronized int archiving() {
        return archiving;
    }

    /** True if the object may not be what was confirmed, so that the store has to be asked. */
    synchronized boolean suspect() {
        return suspect || unanswered || floor > 0;
    }

    synchronized void suspectObject() {
        suspect = true;
        unanswered = false;
    }

    /** True if the store has the version that is known, which so far was all of the file: then it is the file that differs. */
    synchronized boolean trustObject(String version) {
        boolean known = version.equals(etag) && floor == 0;
        suspect &= !known;
        unanswered &= !known;
        return known;
    }

    /** Is an object from now on. @param version {@code ""} if there is none of that name */
    synchronized void become(String name, String version, Fingerprint sent) {
        object = name;
        etag = version;
        print = sent;
        floor = 0;
        archiving = 0;
        suspect = false;
        unanswered = false;
        foreign = false;
        checkedNs = -1;
    }

    /** Is to replace an object, which holds the content of another file or time. */
    synchronized void takeOver(String name, String version) {
        become(name, version, Fingerprint.EMPTY);
        foreign = !version.isEmpty();
    }

    /** True if the object has still to be replaced. */
    synchronized boolean foreign() {
        return foreign;
    }

    /** What is about to be sent as the whole object: if the answer is lost, that is how it is known again. */
    synchronized void attempt(Fingerprint sending) {
        attempt = sending;
        unanswered = true;
    }

    synchronized Fingerprint attempted() {
        return attempt;
    }

    /** Has no object any more. */
    synchronized void unname() {
        become("", "", Fingerprint.EMPTY);
    }

    synchronized void archiveAs(int number) {
        archiving = number;
    }

    /**
     * The store has confirmed, or need not be told.
     *
     * @param longer   length of an object that goes on behind the file's end, else 0
     * @param modified of the file when its bytes were read
     */
    synchronized void confirm(String version, Fingerprint sent, long longer, long modified) {
        etag = version;
        print = sent;
        floor = longer;
        suspect = false;
        unanswered = false;
        foreign = false;
        attempt = Fingerprint.EMPTY;
        unreadable = 0;
        checkedNs = modified;
        waitingSince = changed() ? latest : NOTHING;
    }

    /** It has another path than the scan saw. @return whether the next look may help */
    synchronized boolean isElsewhere() {
        unreadable++;
        return present && unreadable < MOST_UNREADABLE;
    }

    /** Its last bytes cannot be read any more. @return how many */
    synchronized long abandon() {
        long lost = Math.max(0, file.size() - Math.max(print.length(), floor));
        seen = false;
        waitingSince = NOTHING;
        return lost;
    }

    synchronized JournalEntry entry(LogFamily family, boolean closed) {
        return new JournalEntry(family.path(), object, file.path(), file.fileId(), etag, floor, foreign ? FOREIGN : archiving,
                print, closed);
    }
}
