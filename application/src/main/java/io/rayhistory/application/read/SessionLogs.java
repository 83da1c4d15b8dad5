package io.rayhistory.application.read;

import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** The stored log files of a session, by node. Names are relative to a node's {@code logs/}, {@code /} as separator. */
public interface SessionLogs {

    /** Ids of the nodes that stored logs, in order. */
    Collection<String> nodes();

    /**
     * Names below a node's logs that match a glob of Python's pathlib ({@code *}, {@code ?}, {@code [a]}, {@code [!a]},
     * {@code **} as a whole component): files, and folders with a trailing {@code /}; sorted. Unknown node: empty.
     *
     * @throws io.rayhistory.domain.HistoryException INVALID for a glob that is absolute or has {@code ..}
     */
    List<String> list(String nodeId, String glob);

    /** The files of a node by name, in order, as the last listing saw them: no question to the store. Unknown node: empty. */
    SortedMap<String, ObjectInfo> files(String nodeId);

    /** The file as stored, or empty. Safe for any text: names with {@code ..} and the like simply do not exist. */
    Optional<ObjectInfo> find(String nodeId, String name);

    /** The names on a node that start with {@code prefix}, sorted. */
    List<String> startingWith(String nodeId, String prefix);

    /**
     * Where the last {@code lines} lines of the bytes {@code [0, end)} of a file begin; 0 when it has fewer. A last line
     * without newline counts as a line. Reads blocks backwards, never the whole file.
     *
     * @param start offsets below this one are not looked at and never answered
     * @param end   byte offset, or {@link ObjectStore#TO_END}
     */
    long startOfLastLines(ObjectInfo file, long start, long end, long lines);

    /** Lends the bytes {@code [start, end)} of a file, cut at its end. */
    <T> T read(ObjectInfo file, long start, long end, ObjectStore.StreamReader<T> reader);
}
