package io.rayhistory.application.port;

import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.id.SessionName;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where posted events wait, one a line, until an object store has confirmed them. Two sides use it. The intake {@linkplain
 * #begin begins} a batch per post, appends to it and commits it before it answers; what was committed survives the death
 * of the process. The uploader looks at the {@link #files}, {@linkplain #read reads} ranges of them and {@linkplain
 * #confirm confirms} what the store holds; nothing leaves the spool before that.
 *
 * <p>Lines are gathered in files: an <em>active</em> one per session, category and node, which grows, until it is <em>sealed</em>
 * for its size, its age, a changed node id or on request. Files that an earlier process left behind are there as sealed
 * ones from the beginning, whatever cluster and session they belong to.
 *
 * <p>Thread-safe. Constructors do no I/O; while the spool's disk cannot be used, every call that needs it throws {@link
 * HistoryException} of kind UNAVAILABLE and a later one tries again. Memory: bounded per batch and in all, independent of
 * batch sizes; some hundred bytes a file.
 */
public interface EventSpool extends AutoCloseable {

    /**
     * What lines are gathered by.
     *
     * @param session the session's name, one safe segment of at most {@value #LONGEST} characters
     * @param jobId   hex, one safe segment as well; {@code ""} for node events
     */
    record Category(String session, String jobId) {
        /** Of either text: a file system's limit for one name, with room for what is added. */
        public static final int LONGEST = 200;

        /** @throws HistoryException INVALID for a text that is no safe segment or too long */
        public Category {
            requireSegment("session", session);
            if (!jobId.isEmpty()) {
                requireSegment("job id", jobId);
            }
        }

        private static void requireSegment(String what, String text) {
            if (text.length() > LONGEST || !SessionName.isSafe(text)) {
                String start = text.substring(0, Math.min(60, text.length())).replaceAll("\\p{Cntrl}", "?");
                throw HistoryException.invalid(what + " '" + start + "' is not allowed: expected 1 to " + LONGEST
                        + " letters, digits, '.', '_' and '-'");
            }
        }
    }

    /** The lines of one post: all of them are kept, or none is. For one thread. */
    interface Batch extends AutoCloseable {
        /** The most categories that one batch opens for jobs, and again for node events. */
        int MOST_CATEGORIES = 200;

        /**
         * Adds an event; its bytes are copied. Events of further jobs, beyond {@link #MOST_CATEGORIES}, lie among their
         * session's node events: readers rely on the event, not on its folder, and a refused batch would come for ever.
         *
         * @param line the event without a line end, and without line feeds inside
         * @throws HistoryException UNAVAILABLE when the disk is full; TOO_LARGE for events of hundreds of sessions
         */
        void append(Category category, byte[] line, int offset, int length);

        /**
         * Keeps what was appended. When this returns, the lines survive {@code kill -9}; whether they survive a machine's
         * power cut, {@link SpoolSettings.Fsync} decides.
         *
         * @throws HistoryException UNAVAILABLE when they could not be written, or not soon enough; nothing is kept then
         */
        void commit();

        /** Rolls back what was not committed. */
        @Override
        void close();
    }

    /** What a caller does with the bytes it is lent; never answers null. */
    @FunctionalInterface
    interface RangeReader<T> {
        T read(InputStream range) throws IOException;
    }

    /**
     * A new, empty batch; to be closed.
     *
     * @throws HistoryException UNAVAILABLE when the unsent bytes have reached their limit, after {@link #stop}, when the
     *         disk does not work, or is so slow that an answer would come late
     */
    Batch begin();

    /**
     * Keeps an event that cannot be used for people to look at: its first 64 KiB, with the reason. Bounded, oldest dropped
     * first; never fails, for the sake of the events beside it ({@link SpoolUsage#rejectedLost} counts what was not kept).
     */
    void reject(String reason, byte[] event, int offset, int length);

    /**
     * Tells the id of the node this collector stands on, for a session, or with {@code ""} for all sessions of which
     * nothing else is told. Files whose node is unknown get it; active files of another node are sealed.
     *
     * @throws HistoryException INVALID if the id is no safe segment
     */
    void nodeIs(String session, String nodeId);

    /** Seals the active files of a session, {@code ""} for all sessions. Later events of it open new ones. */
    void seal(String session);

    /**
     * To be called about once a second, by one thread: seals what is large or old, and forces to the disk what {@link
     * SpoolSettings.Fsync#INTERVAL} promises. Returns normally even if the disk fails; that shows elsewhere.
     */
    void tick();

    /** What waits, oldest first: sealed files, and active ones that hold committed lines. A snapshot. */
    List<SpoolFile> files();

    /**
     * Lends committed bytes of a file, from one offset to another.
     *
     * @return empty if the file is gone (dropped, or confirmed), else what the reader returned
     * @throws HistoryException UNAVAILABLE when the bytes cannot be had; an {@link IOException} that the reader itself
     *         throws counts as such. INVALID for a range that is not within the committed bytes
     */
    <T> Optional<T> read(SpoolFile file, long from, long to, RangeReader<T> reader);

    /**
     * The store has confirmed the first {@code length} bytes of the file: they are unsent no more. A sealed file that was
     * confirmed to its end is deleted. Saying less than before, or naming a file that is gone, changes nothing.
     */
    void confirm(SpoolFile file, long length);

    /** Committed bytes that no store has confirmed. */
    default long unsentBytes() {
        return usage().unsentBytes();
    }

    /** When the oldest of the {@link #unsentBytes} was committed; empty if there is none. */
    Optional<Instant> oldestUnsent();

    /** Figures for metrics. */
    SpoolUsage usage();

    /** From now on {@link #begin} refuses; batches that have begun may still be committed. */
    void stop();

    /** Forces everything to the disk and lets go of it. What waits stays for the next process. */
    @Override
    void close();
}
