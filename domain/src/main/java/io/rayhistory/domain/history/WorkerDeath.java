package io.rayhistory.domain.history;

import java.util.List;

/**
 * How a worker process ended.
 *
 * @param exitType Ray's name, {@code ""} when not told
 */
record WorkerDeath(long endTimeMs, String exitType, String exitDetail) {
    private static final List<String> EXIT_TYPES = List.of("SYSTEM_ERROR", "INTENDED_SYSTEM_EXIT", "USER_ERROR",
            "INTENDED_USER_EXIT", "NODE_OUT_OF_MEMORY");

    /** Ray's number of the exit type (Ray: {@code src/ray/protobuf/common.proto}, WorkerExitType); 0 when not told. */
    int exitNumber() {
        return Math.max(0, EXIT_TYPES.indexOf(exitType));
    }
}
