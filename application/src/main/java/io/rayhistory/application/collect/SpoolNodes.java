package io.rayhistory.application.collect;

import io.rayhistory.application.port.EventSpool;
import io.rayhistory.domain.HistoryException;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells the spool under which node id the events of each session are stored; again and again while its disk does not
 * work. Thread-safe.
 */
final class SpoolNodes implements SessionListener {
    private final EventSpool spool;
    private final Map<String, String> untold = new LinkedHashMap<>();

    SpoolNodes(EventSpool spool) {
        this.spool = spool;
    }

    @Override
    public synchronized void current(CollectedNode node) {
        if (node.identified()) {
            untold.put(node.session(), node.nodeId());
            // Events may name sessions that nobody saw here; they came through this node all the same.
            untold.put("", node.nodeId());
        }
        work();
    }

    @Override
    public synchronized void ended(CollectedNode node) {
        if (node.identified()) {
            untold.put(node.session(), node.nodeId());
        }
        work();
    }

    synchronized void work() {
        try {
            while (!untold.isEmpty()) {
                Map.Entry<String, String> first = untold.entrySet().iterator().next();
                spool.nodeIs(first.getKey(), first.getValue());
                untold.remove(first.getKey());
            }
        } catch (HistoryException e) {
            if (e.kind() != HistoryException.Kind.UNAVAILABLE) {
                throw e;
            }
        }
    }
}
