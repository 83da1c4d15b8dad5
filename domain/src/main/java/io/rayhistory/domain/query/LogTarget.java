package io.rayhistory.domain.query;

/**
 * Where the output of something may be found. Candidates come in order of preference; the first that is stored wins.
 *
 * @param nodeId      {@code ""} for "any node"
 * @param name        name below the node's logs, or the beginning of it
 * @param prefix      whether {@code name} is only the beginning; the file then ends in {@code .suffix}
 * @param suffix      {@code out} or {@code err}
 * @param start       first byte
 * @param end         byte behind the last one, or {@link Long#MAX_VALUE}
 * @param interleaved true when the file also holds other tasks' output
 */
public record LogTarget(String nodeId, String name, boolean prefix, String suffix, long start, long end,
                        boolean interleaved) {
}
