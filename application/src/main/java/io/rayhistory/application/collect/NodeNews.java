package io.rayhistory.application.collect;

import io.rayhistory.domain.HistoryException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Passes on under which node each session is kept, to those who can do nothing before they know: a disk that fails, or a
 * node id that comes late, only delays it. Thread-safe.
 */
final class NodeNews implements SessionListener {
    private final Consumer<CollectedNode> whenCurrent;
    private final Consumer<CollectedNode> whenEnded;
    /** By session: at most as many as lie in Ray's root. */
    private final Map<String, Runnable> untold = new LinkedHashMap<>();
    /** Sessions, over or not, of whose node nobody knows anything. */
    private final Map<String, CollectedNode> nameless = new LinkedHashMap<>();

    NodeNews(Consumer<CollectedNode> whenCurrent, Consumer<CollectedNode> whenEnded) {
        this.whenCurrent = whenCurrent;
        this.whenEnded = whenEnded;
    }

    @Override
    public synchronized void current(CollectedNode node) {
        if (node.identified()) {
            untold.put(node.session(), () -> whenCurrent.accept(node));
            // As the Go collector has it: better under the next node of this machine than nowhere.
            nameless.remove(node.session());
            nameless.values().forEach(old -> untold.put(old.session(), () -> whenEnded.accept(old.withNodeId(node.nodeId()))));
            nameless.clear();
        } else {
            nameless.put(node.session(), node);
        }
        work();
    }

    @Override
    public synchronized void ended(CollectedNode node) {
        if (node.identified()) {
            untold.put(node.session(), () -> whenEnded.accept(node));
        } else {
            nameless.put(node.session(), node);
        }
        work();
    }

    /** Sessions that nobody could be told of yet, because their node is not known. */
    synchronized List<String> nameless() {
        return List.copyOf(nameless.keySet());
    }

    /** Tries again what failed. */
    synchronized void work() {
        try {
            while (!untold.isEmpty()) {
                Map.Entry<String, Runnable> first = untold.entrySet().iterator().next();
                first.getValue().run();
                untold.remove(first.getKey());
            }
        } catch (HistoryException e) {
            if (e.kind() != HistoryException.Kind.UNAVAILABLE) {
                throw e;
            }
        }
    }
}
