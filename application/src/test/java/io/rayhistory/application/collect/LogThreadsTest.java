package io.rayhistory.application.collect;

import io.rayhistory.application.port.InMemoryObjectStore;
import org.junit.jupiter.api.Test;

final class LogThreadsTest {

    @Test
    void uploadsSideBySideKeepEveryByteInItsPlace() throws InterruptedException {
        for (long seed = 1; seed <= 5; seed++) {
            InMemoryRayFolder folder = new InMemoryRayFolder();
            new LogThreads(folder, seed).check(folder, new InMemoryJournals(), new InMemoryObjectStore(), 20_000);
        }
    }
}
