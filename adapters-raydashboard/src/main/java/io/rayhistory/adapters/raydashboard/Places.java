package io.rayhistory.adapters.raydashboard;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** So many at a time for one cluster, so many in all. Thread-safe. */
final class Places {
    private final int most;
    private final int mostEach;
    private final Map<String, Integer> taken = new HashMap<>();
    private int all;

    Places(int most, int mostEach) {
        this.most = most;
        this.mostEach = mostEach;
    }

    /** @return gives the place back, however often it is run; empty if none is free */
    synchronized Optional<Runnable> take(String uid) {
        int these = taken.getOrDefault(uid, 0);
        if (all >= most || these >= mostEach) {
            return Optional.empty();
        }
        all++;
        taken.put(uid, these + 1);
        AtomicBoolean given = new AtomicBoolean();
        return Optional.of(() -> {
            if (given.compareAndSet(false, true)) {
                giveBack(uid);
            }
        });
    }

    /** How many are taken. */
    synchronized int taken() {
        return all;
    }

    private synchronized void giveBack(String uid) {
        all--;
        taken.computeIfPresent(uid, (key, count) -> count == 1 ? null : count - 1);
    }
}
