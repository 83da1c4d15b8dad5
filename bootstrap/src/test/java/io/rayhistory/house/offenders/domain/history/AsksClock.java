package io.rayhistory.house.offenders.domain.history;

import java.time.Instant;

/** Planted: time is handed in. */
final class AsksClock {
    Instant now() {
        return Instant.now();
    }
}
