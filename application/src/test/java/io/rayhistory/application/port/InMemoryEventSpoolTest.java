package io.rayhistory.application.port;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;

final class InMemoryEventSpoolTest extends EventSpoolContract {

    @Override
    protected InMemoryEventSpool spool(SpoolSettings settings) {
        return new InMemoryEventSpool("c_ns", settings, this::now);
    }

    @Test
    void rejectedEventsCanBeRead() {
        InMemoryEventSpool spool = spool(SpoolSettings.DEFAULTS);
        spool.reject("why", "what".getBytes(StandardCharsets.UTF_8), 1, 2);
        assertEquals(List.of("why: ha"), spool.rejected());
    }
}
