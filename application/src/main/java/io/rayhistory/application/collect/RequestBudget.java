package io.rayhistory.application.collect;

import java.util.function.LongSupplier;

/**
 * A token bucket of write requests, so that a thousand busy nodes stay below what one storage account allows. Work starts
 * only with a token; what it needs beyond that is a debt that later work waits for. Thread-safe.
 */
final class RequestBudget {
    private final double perNano;
    private final int burst;
    private final LongSupplier nanos;
    private double tokens;
    private long last;

    /** @param nanos a clock that never goes back, such as {@link System#nanoTime} */
    RequestBudget(double perSecond, int burst, LongSupplier nanos) {
        this.perNano = perSecond / 1e9;
        this.burst = burst;
        this.nanos = nanos;
        this.tokens = burst;
        this.last = nanos.getAsLong();
    }

    /** True, and one token less, if there is one. */
    synchronized boolean tryTake() {
        long now = nanos.getAsLong();
        tokens = Math.min(burst, tokens + (now - last) * perNano);
        last = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }

    /** A request that cannot wait. The debt is limited, so that a busy end of one session does not silence the next. */
    synchronized void take() {
        tokens = Math.max(-burst, tokens - 1);
    }
}
