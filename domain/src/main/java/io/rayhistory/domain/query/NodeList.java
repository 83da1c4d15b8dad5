package io.rayhistory.domain.query;

import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.history.Node;
import io.rayhistory.domain.history.Provenance;
import io.rayhistory.domain.id.IdKind;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Lists nodes. Ray's source takes filters for equality on id, name and state; {@code total} still counts all nodes, and
 * what the source leaves out is missing in {@code numAfterTruncation}, as if it had been cut.
 */
final class NodeList {
    private static final Columns<Node> COLUMNS = Columns.<Node>builder()
            .text("node_id", Node::nodeId)
            .text("node_ip", Node::ipAddress)
            .bool("is_head_node", Node::head)
            .text("state", Node::state)
            .text("node_name", Node::nodeName)
            .build();
    private static final Listing<Node> LISTING = new Listing<>("node", COLUMNS, Node::startTimeMs,
            node -> node.provenance() == Provenance.UNFINISHED);

    private NodeList() {
    }

    /** In order of their ids, whatever the order given. */
    static Page<Node> page(List<Node> nodes, List<Filter> filters, int limit, long recordEndNs) {
        Predicate<Node> source = source(nodes, filters);
        List<Node> delivered = nodes.stream().filter(source).sorted(Comparator.comparing(Node::nodeId)).toList();
        return LISTING.page(nodes.size(), delivered, filters, limit, recordEndNs);
    }

    /** Ray: {@code python/ray/util/state/state_manager.py}, get_all_node_info: any id or name given, and the state. */
    private static Predicate<Node> source(List<Node> nodes, List<Filter> filters) {
        List<Filter> selectors = new ArrayList<>();
        List<Filter> states = new ArrayList<>();
        for (Filter filter : filters) {
            if (!filter.equal()) {
                continue;
            }
            switch (filter.column()) {
                case "node_id":
                    checkId(filter.value(), nodes);
                    selectors.add(filter);
                    break;
                case "node_name":
                    selectors.add(filter);
                    break;
                case "state":
                    checkState(filter.value());
                    states.add(filter);
                    break;
                default:
                    break;
            }
        }
        RowFilter<Node> inState = COLUMNS.filter(states);
        List<RowFilter<Node>> selected = selectors.stream().map(filter -> COLUMNS.filter(List.of(filter))).toList();
        return node -> inState.test(node)
                && (selected.isEmpty() || selected.stream().anyMatch(selector -> selector.test(node)));
    }

    /** A node may have a foreign name for an id when that is what was stored. */
    private static void checkId(String id, List<Node> nodes) {
        if (nodes.stream().noneMatch(node -> node.nodeId().equals(id))) {
            SourceIds.hex(IdKind.NODE, id);
        }
    }

    private static void checkState(String text) {
        String state = text.toUpperCase(Locale.ROOT);
        if (!state.equals("ALIVE") && !state.equals("DEAD")) {
            throw HistoryException.invalid("Invalid node state for filtering: " + state);
        }
    }
}
