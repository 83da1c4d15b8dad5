package io.rayhistory.application.collect;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that only moves when told. */
final class SteppedTime implements InstantSource {
    private volatile Instant now = Instant.ofEpochSecond(1_795_378_880);

    void advance(Duration step) {
        now = now.plus(step);
    }

    void advance(long seconds) {
        advance(Duration.ofSeconds(seconds));
    }

    @Override
    public Instant instant() {
        return now;
    }
}
