package io.rayhistory.application.port;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The Ray node beside a collector, as its temp root ({@code /tmp/ray}) shows it: which sessions lie there, which one is
 * current, whether its raylet lives, who it is. Only looks, never changes anything. Thread-safe.
 *
 * <p>Ray writes in that folder all the time, so whatever vanishes meanwhile is absent; absent is empty. A root that is
 * there and cannot be read is UNAVAILABLE, with its path. Names that are unsafe as a segment of a stored name are left
 * out.
 */
public interface RayNode {

    /**
     * A trace that a raylet left of its own id.
     *
     * @param nodeId  in hex
     * @param written when
     */
    record Mark(String nodeId, Instant written) {
    }

    /**
     * The session that the link {@code session_latest} names: the last part of its target, which may be a path of
     * another container. Ray removes and re-creates the link whenever a process joins, so empty means nothing.
     */
    Optional<String> latestSession();

    /** Every {@code session_*} folder, oldest name first, links left out. */
    List<String> sessions();

    /** True if a raylet of the session accepts a connection on its Unix socket. */
    boolean answers(String session);

    /** When the session's latest raylet bound its socket, which tells it from the one before; empty without a socket. */
    Optional<Instant> rayletSince(String session);

    /**
     * The node ids that lived in the session's folder, latest first, each once: Ray 2.60 leaves files {@code
     * *_port_{nodeId}} there (Ray: {@code src/ray/util/port_persistence.cc}), Ray 2.53 none.
     */
    List<Mark> marks(String session);

    /** What a start hook of the Ray container wrote into {@code raylet_node_id} of the root. */
    Optional<Mark> hookMark();

    /**
     * The first node id that the raylet's own log of the session names, {@code ""} if it names none: for sessions that
     * left no {@link #marks}.
     */
    String loggedNodeId(String session);

    /** When a log file of the session was last written. */
    Optional<Instant> lastWritten(String session);
}
