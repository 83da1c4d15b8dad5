package io.rayhistory.application.port;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.Optional;

/**
 * A flat name space of objects: Azure Blob Storage, a folder, memory. Names are relative, separated by {@code /}, never
 * start or end with {@code /}, and have no empty, {@code .} or {@code ..} segment; other names are refused as INVALID.
 * Writing also refuses what some store would alter or choke on (see {@link
 * io.rayhistory.domain.layout.ObjectName#requireWritable}). Reading takes such foreign names as stores may hold, also
 * with one leading slash; what a store cannot hold is absent.
 *
 * <p>Thread-safe. Constructors do no I/O. Absent is empty; every failure of the store throws {@link
 * io.rayhistory.domain.HistoryException} of kind UNAVAILABLE, so that an outage can never be taken for an empty store.
 * Implementations retry what is worth retrying within their own time budget; callers do not retry.
 */
public interface ObjectStore extends AutoCloseable {

    /** To the end of the object. */
    long TO_END = Long.MAX_VALUE;

    /** What a caller does with the bytes it is lent; never answers null. The stream is closed for it afterwards. */
    @FunctionalInterface
    interface StreamReader<T> {
        T read(InputStream stream, ObjectInfo object) throws IOException;
    }

    /**
     * All objects whose name starts with {@code prefix} (a text prefix, possibly empty), in ascending order of their
     * names' UTF-16 code units, fetched page by page as the iterator advances. {@code next} and {@code hasNext} throw
     * UNAVAILABLE when a page cannot be had: a listing that breaks half way never looks like a short one. Folder markers
     * (names that end in {@code /}) are left out. Objects that come or go meanwhile may or may not be seen.
     *
     * @throws io.rayhistory.domain.HistoryException INVALID, at once, if a whole segment of the prefix is empty, {@code .}
     *         or {@code ..}
     */
    Iterator<ObjectInfo> list(String prefix);

    /**
     * The names one level below {@code prefix} (which is empty or ends in {@code /}): objects, and folders with a
     * trailing {@code /}, in name order, lazily, failing like {@link #list}. Names are full names. A folder is there as
     * long as an object lies below it.
     */
    Iterator<String> listFolder(String prefix);

    /** The object as it is now, or empty if there is none. */
    Optional<ObjectInfo> find(String name);

    /**
     * Lends the bytes {@code [offset, offset + length)} of an object, cut at its end; an offset at or behind the end
     * lends an empty stream.
     *
     * @param length bytes, or {@link #TO_END}
     * @param etag   the version to read, {@code ""} for whatever is there; another version is UNAVAILABLE ("changed")
     * @return empty if there is no such object, else what the reader returned
     * @throws io.rayhistory.domain.HistoryException UNAVAILABLE when the bytes cannot be had to the end; an {@link
     *         IOException} that the reader itself throws counts as such, a runtime exception passes through
     */
    <T> Optional<T> read(String name, long offset, long length, String etag, StreamReader<T> reader);

    /** Stores the bytes of the stream, replacing what was there; readers see the old or the new content, never a part. */
    ObjectInfo put(String name, InputStream content);

    /** Like {@link #put}, but leaves an existing object alone and answers empty. Atomic among concurrent callers. */
    Optional<ObjectInfo> putIfAbsent(String name, InputStream content);

    /**
     * Makes the object {@code [0, offset)} of itself followed by the stream. An absent object counts as empty.
     *
     * @param etag the version to extend, {@code ""} for an object that must not exist yet
     * @return empty if the object is not at that version, else the new version
     * @throws io.rayhistory.domain.HistoryException INVALID if {@code offset} lies behind the end
     */
    Optional<ObjectInfo> extend(String name, String etag, long offset, InputStream content);

    /** Removes the object; answers whether there was one. */
    boolean delete(String name);

    /** Copies within the store, replacing the target. Answers empty if there is no source. */
    Optional<ObjectInfo> copy(String source, String target);

    /** Returns normally if the store can be reached and read now; throws UNAVAILABLE with what to do about it if not. */
    void check();

    /** What is read, for people: a path, a container's URL. No secrets. */
    String describe();

    @Override
    void close();
}
