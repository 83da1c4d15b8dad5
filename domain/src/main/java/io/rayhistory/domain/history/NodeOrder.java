package io.rayhistory.domain.history;

import java.util.Comparator;
import java.util.List;

/** The order in which node lists are answered: the head first, then as they registered. */
final class NodeOrder {
    private static final Comparator<Node> HEAD_FIRST = Comparator.comparing(Node::head).reversed()
            .thenComparingLong(Node::startTimeMs).thenComparing(Node::nodeId);

    private NodeOrder() {
    }

    static List<Node> headFirst(List<Node> nodes) {
        return nodes.stream().sorted(HEAD_FIRST).toList();
    }
}
