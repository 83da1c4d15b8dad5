package io.rayhistory.domain.event;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Ray's TaskStatus in number order: the ordinal is Ray's number (Ray: {@code src/ray/protobuf/common.proto}). An
 * attempt's state is the one of the highest {@link #rank()} that it ever entered, whatever the times say.
 */
public enum TaskState {
    NIL, PENDING_ARGS_AVAIL, PENDING_NODE_ASSIGNMENT, PENDING_OBJ_STORE_MEM_AVAIL, PENDING_ARGS_FETCH,
    SUBMITTED_TO_WORKER, PENDING_ACTOR_TASK_ARGS_FETCH, PENDING_ACTOR_TASK_ORDERING_OR_CONCURRENCY, RUNNING,
    RUNNING_IN_RAY_GET, RUNNING_IN_RAY_WAIT, FINISHED, FAILED, GETTING_AND_PINNING_ARGS;

    private static final TaskState[] BY_NUMBER = values();
    private static final Map<String, TaskState> BY_NAME =
            Stream.of(BY_NUMBER).collect(Collectors.toMap(TaskState::name, s -> s));

    /** The state of a number; {@code null} if there is none. */
    public static TaskState ofNumber(int number) {
        return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : null;
    }

    /** The state of a name or of a number as text; {@code null} if there is none. */
    public static TaskState ofText(String text) {
        TaskState named = BY_NAME.get(text);
        if (named != null) {
            return named;
        }
        try {
            return ofNumber(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Its number, but GETTING_AND_PINNING_ARGS, numbered last though it happens early, ranks just below RUNNING. */
    public int rank() {
        return this == GETTING_AND_PINNING_ARGS ? 2 * RUNNING.ordinal() - 1 : 2 * ordinal();
    }

    public boolean isTerminal() {
        return this == FINISHED || this == FAILED;
    }
}
