package io.rayhistory.application.port;

import io.rayhistory.domain.event.RayEvent;
import io.rayhistory.domain.history.LogEvent;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/**
 * Reads Ray's events from bytes, one by one, never a whole file in memory. Thread-safe.
 *
 * <p>Accepts every spelling in the field: JSON array or JSON lines (the first byte decides), gzip of one or more members
 * (the magic bytes decide), camelCase or snake_case, ids as base64 or hex, the old TASK_EXECUTION_EVENT. Damage is
 * told to the {@link Sink} and skipped; only a failing stream throws.
 */
public interface EventCodec {
    /** How many bytes {@link #isDivisible} wants to see. */
    int HEAD = 256;

    /** What is wrong with a piece of input. */
    enum Damage {
        /** Not JSON, or not an object. */
        MALFORMED,
        /** The file ends in the middle of an event or of its gzip stream. */
        TRUNCATED,
        /** A known event type with a missing or wrong-typed payload, or without the id of its subject. */
        INVALID,
        /** An event type nobody knows; the detail is its name. */
        UNKNOWN_TYPE,
        /** A line longer, or nested deeper, than the limit. */
        OVERSIZE,
        /** An id that is neither hex nor base64 of its length; the event is kept all the same. */
        ODD_ID
    }

    /** Takes what a file holds. */
    interface Sink {
        void event(RayEvent event);

        /** @param detail short and safe to show: a type name, a field, a position */
        void damage(Damage damage, String detail);
    }

    /**
     * Decodes one event file to its end.
     *
     * @throws IOException only if the stream itself fails, a cut gzip stream excepted (that is TRUNCATED)
     */
    void decode(InputStream file, Sink sink) throws IOException;

    /**
     * True for a file that may also be decoded in ranges: JSON lines without gzip. A file for which this says false
     * is decoded as a whole.
     *
     * @param head the first bytes of the file, at least as many as it has or {@link #HEAD}
     */
    boolean isDivisible(byte[] head);

    /**
     * Decodes the lines that begin in a range of a {@linkplain #isDivisible divisible} file. Ranges that cover the file
     * without overlap give together what {@link #decode} gives, in no particular order.
     *
     * @param range from the byte before the range on (from the first one for a range that begins the file), and on
     *              behind the range until the file ends: it is read as far as the last line goes
     * @param first whether the range begins the file
     * @param length bytes of the range, {@link Long#MAX_VALUE} for the last one
     * @throws IOException only if the stream itself fails
     */
    void decodeRange(InputStream range, boolean first, long length, Sink sink) throws IOException;

    /**
     * Decodes one {@code logs/events/event_*.log} file (JSON lines of both dialects). Lines over 2 MiB, blank ones and
     * ones without {@code event_id} are skipped; what is damaged is told to {@code damage}.
     */
    void decodeLogEvents(InputStream file, Consumer<LogEvent> sink, Consumer<Damage> damage) throws IOException;
}
