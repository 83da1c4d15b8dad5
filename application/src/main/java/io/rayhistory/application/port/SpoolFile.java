package io.rayhistory.application.port;

import io.rayhistory.application.port.EventSpool.Category;

import java.time.Instant;

/**
 * One file of an {@link EventSpool} as it was when asked for.
 *
 * @param id            names the file while the process lives
 * @param clusterFolder {@code {cluster}_{namespace}}: whose events these are
 * @param nodeId        whose collector wrote it, {@code ""} while that is unknown
 * @param opened        when it was opened; differs between the files of a node, to the nanosecond
 * @param gzip          the file is compressed already, by the Go peer: to be stored as it is
 * @param committed     bytes that may be read and sent: whole lines, unless {@code gzip}
 * @param active        more may be appended; a sealed file changes no more
 */
public record SpoolFile(long id, String clusterFolder, Category category, String nodeId, Instant opened, boolean gzip,
                        long committed, boolean active) {
}
