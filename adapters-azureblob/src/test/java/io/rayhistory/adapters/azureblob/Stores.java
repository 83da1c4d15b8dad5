package io.rayhistory.adapters.azureblob;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Makes stores for tests, with budgets that tests can wait for. */
final class Stores {
    static final TimeBudgets SHORT = new TimeBudgets(Duration.ofSeconds(2), Duration.ofMillis(800), Duration.ofMillis(800),
            Duration.ofSeconds(4), Duration.ofSeconds(4), Duration.ofSeconds(4), Duration.ofSeconds(10), Duration.ofSeconds(10),
            Duration.ofSeconds(6), Duration.ZERO, 3, Duration.ofMillis(50), Duration.ofMillis(200));

    /** The same, with patience for permissions given just now. */
    static TimeBudgets waiting(Duration grants) {
        return new TimeBudgets(SHORT.connect(), SHORT.response(), SHORT.idle(), SHORT.small(), SHORT.page(), SHORT.block(), SHORT.upload(),
                SHORT.download(), SHORT.deletion(), grants, SHORT.tries(), SHORT.firstDelay(), SHORT.longestDelay());
    }

    private Stores() {
    }

    static AzureBlobSettings settings(String connection, String container, TimeBudgets times, boolean create) {
        Map<String, String> values = new HashMap<>(Map.of("azureConnectionString", connection, "azureContainer", container));
        Consumer<String> noWarning = warning -> {
            throw new AssertionError(warning);
        };
        return AzureBlobSettings.of(key -> values.getOrDefault(key, ""), times, create, Map.of(), "", noWarning);
    }

    static AzureBlobObjectStore fresh() {
        return new AzureBlobObjectStore(settings(Azurite.shared().connection(), Azurite.freshContainer(), TimeBudgets.reader(), true),
                Clock.systemUTC());
    }
}
