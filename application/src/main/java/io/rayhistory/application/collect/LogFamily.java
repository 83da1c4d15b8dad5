package io.rayhistory.application.collect;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The files that were ever written to one path: the base, which has the path now, and those that a rotation, a move or a
 * deletion took from there. Their objects have related names, so one thread at a time ships a family, oldest file
 * first. Thread-safe.
 */
final class LogFamily {
    /** What is longer was not numbered by us. */
    private static final int MOST_DIGITS = 6;

    private final String path;
    private final String nodeId;
    private final List<TrackedLog> members = new ArrayList<>();
    private final BitSet used = new BitSet();
    private boolean busy;
    private boolean paused;
    private long retryAt = Long.MIN_VALUE;
    private int failures;

    LogFamily(String path, String nodeId) {
        this.path = path;
        this.nodeId = nodeId;
    }

    String path() {
        return path;
    }

    String nodeId() {
        return nodeId;
    }

    synchronized void add(TrackedLog log) {
        members.add(log);
    }

    synchronized void remove(TrackedLog log) {
        members.remove(log);
    }

    synchronized boolean isEmpty() {
        return members.isEmpty();
    }

    /** Gone files first, then rotated ones from the highest number on, the base last: as old as they are. */
    synchronized List<TrackedLog> oldestFirst() {
        record Aged(TrackedLog log, int age) {
        }
        // A scan may change ages meanwhile, and what is sorted must not change.
        return members.stream().map(log -> new Aged(log, log.age())).sorted(Comparator.comparingInt(Aged::age).reversed())
                .map(Aged::log).toList();
    }

    /** Some of its files may not have been seen: nothing is shipped until {@link #resume}. */
    synchronized void pause() {
        paused = true;
    }

    /**
     * All its files have been seen where they are at one moment, which tells their age. Their paths alone may be of
     * different moments, for a rotation is a row of renames.
     */
    synchronized void resume() {
        paused = false;
        for (TrackedLog log : members) {
            if (!log.present()) {
                log.ageAsGone();
            } else if (isBase(log)) {
                log.age(TrackedLog.YOUNGEST);
            } else {
                log.age(RotatedName.number(log.file().path(), path));
            }
        }
    }

    /** In the order they were met. */
    synchronized List<TrackedLog> members() {
        return List.copyOf(members);
    }

    private int age(TrackedLog log) {
        return !log.present() ? Integer.MAX_VALUE : isBase(log) ? -1 : RotatedName.number(log.file().path(), path);
    }

    boolean isBase(TrackedLog log) {
        return log.present() && log.file().path().equals(path);
    }

    synchronized Optional<TrackedLog> base() {
        return members.stream().filter(this::isBase).findFirst();
    }

    /** The member whose object has the family's own name. */
    synchronized Optional<TrackedLog> owner() {
        return members.stream().filter(log -> log.object().equals(path)).findFirst();
    }

    synchronized boolean has(String object) {
        return members.stream().anyMatch(log -> log.object().equals(object));
    }

    /** True if a rotation has left files of this family behind. */
    synchronized boolean rotates() {
        return members.stream().anyMatch(log -> log.present() && RotatedName.number(log.file().path(), path) > 0);
    }

    /** The path of an archived object. */
    String archive(int number) {
        return path + "." + number;
    }

    /** The number of an archived object, 0 for any other. */
    int archived(String object) {
        int first = path.length() + 1;
        if (object.length() <= first || object.length() > first + MOST_DIGITS || !object.startsWith(path)
                || object.charAt(first - 1) != '.' || object.charAt(first) == '0') {
            return 0;
        }
        int number = 0;
        for (int i = first; i < object.length(); i++) {
            int digit = object.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            number = 10 * number + digit;
        }
        return number;
    }

    /** The smallest number from {@code from} on that no member has. What the store has, only the store knows. */
    synchronized int unusedFrom(int from) {
        BitSet taken = (BitSet) used.clone();
        for (TrackedLog log : members) {
            taken.set(archived(log.object()));
            taken.set(log.archiving());
        }
        return taken.nextClearBit(from);
    }

    /** True if an object still holds what is in its archive by now: a pod that is killed then leaves it there twice. */
    synchronized boolean replaces() {
        return members.stream().anyMatch(TrackedLog::foreign);
    }

    /** An archived object that has no source any more. */
    synchronized void reserve(int number) {
        used.set(number);
    }

    /** True if the caller may ship it now; {@link #leave} ends that. */
    synchronized boolean enter() {
        boolean free = !busy;
        busy = true;
        return free;
    }

    /** It was shipped. @param next when to look at it again at the earliest, {@link Long#MIN_VALUE} for at once */
    synchronized void leave(boolean failed, long next) {
        busy = false;
        retryAt = next;
        failures = failed ? failures + 1 : 0;
    }

    /** Does not have to wait any longer after a failure. */
    synchronized void retryNow() {
        retryAt = Long.MIN_VALUE;
    }

    synchronized boolean busy() {
        return busy;
    }

    synchronized boolean mayTry(long now) {
        return !busy && !paused && (retryAt == Long.MIN_VALUE || now - retryAt >= 0);
    }

    synchronized int failures() {
        return failures;
    }

    /** Since when its oldest byte waits, {@link TrackedLog#NOTHING} if none does. Times are of {@link System#nanoTime}. */
    synchronized long waitingSince() {
        long oldest = TrackedLog.NOTHING;
        for (TrackedLog log : members) {
            long since = log.waitingSince();
            if (since != TrackedLog.NOTHING && (oldest == TrackedLog.NOTHING || since - oldest < 0)) {
                oldest = since;
            }
        }
        return oldest;
    }

    synchronized long unsent() {
        return members.stream().mapToLong(TrackedLog::unsent).sum();
    }

    synchronized int size() {
        return members.size();
    }
}
