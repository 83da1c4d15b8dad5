package io.rayhistory.domain.event;

/** Ray's TaskType (Ray: {@code src/ray/protobuf/common.proto}). */
public enum TaskType {
    NORMAL_TASK, ACTOR_CREATION_TASK, ACTOR_TASK, DRIVER_TASK
}
