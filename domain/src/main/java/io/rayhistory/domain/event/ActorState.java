package io.rayhistory.domain.event;

/** Ray's ActorState in number order (Ray: {@code src/ray/protobuf/gcs.proto}). */
public enum ActorState {
    DEPENDENCIES_UNREADY, PENDING_CREATION, ALIVE, RESTARTING, DEAD
}
