package io.rayhistory.application.port;

/**
 * Whether the service that a cluster's status names is the service of that cluster's head: who may write a status may not
 * be allowed to make services. Thread-safe.
 */
@FunctionalInterface
public interface HeadServices {
    /** Takes a status at its word. */
    HeadServices TRUSTED = (cluster, address) -> { };

    /**
     * @param address as it will be connected to, without a port; {@code ""} if only the service's name is used
     * @throws io.rayhistory.domain.HistoryException INVALID if the service is not that head's, or not the owner of the
     *         address; UNAVAILABLE if nobody can tell
     */
    void check(LiveCluster cluster, String address);
}
