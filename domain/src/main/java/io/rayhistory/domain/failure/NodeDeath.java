package io.rayhistory.domain.failure;

import io.rayhistory.domain.history.Node;

/** Whether a node was meant to go (Ray: {@code python/ray/dashboard/utils.py}, compose_state_message, gives the words). */
public final class NodeDeath {

    private NodeDeath() {
    }

    /** True for a dead node that was stopped on purpose or because it was idle. */
    public static boolean isExpected(Node node) {
        return node.stateMessage().startsWith("Expected termination") || node.stateMessage().startsWith("Terminated due to idle");
    }
}
