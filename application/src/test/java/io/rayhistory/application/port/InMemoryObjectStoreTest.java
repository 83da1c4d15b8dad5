package io.rayhistory.application.port;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;

final class InMemoryObjectStoreTest extends ObjectStoreContract {
    private final InMemoryObjectStore store = new InMemoryObjectStore(() -> Instant.ofEpochSecond(5));

    @Override
    public ObjectStore store() {
        return store;
    }

    @Test
    void foreignNamesCanBePlanted() {
        store.plant("/ray/metadir/c_n/s", new byte[0]);
        store.plant("ray/logs/", new byte[0]);
        assertEquals(List.of("/ray/metadir/c_n/s"), names("/ray/"));
        assertEquals(List.of("/ray/metadir/"), folder("/ray/"));
        assertEquals(List.of(), names("ray/"));
        assertEquals("", text("/ray/metadir/c_n/s"));
    }

    @Test
    void theClockStampsWhatIsPut() {
        assertEquals(Instant.ofEpochSecond(5), put("x", "y").modified());
    }
}
