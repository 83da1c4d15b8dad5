package io.rayhistory.application.collect;

import io.rayhistory.application.collect.FaultyObjectStore.Fault;
import io.rayhistory.application.port.InMemoryObjectStore;
import io.rayhistory.domain.layout.StorageLayout;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

final class LogBudgetTest {
    private long now;
    private final InMemoryRayFolder files = new InMemoryRayFolder();
    private final FaultyObjectStore store = new FaultyObjectStore(new InMemoryObjectStore(), () -> Fault.NONE);
    private final LogCollection logs = new LogCollection(files, new InMemoryJournals(), store, StorageLayout.clusterHistory(""),
            LogSettings.usual(), new RequestBudget(5, 50, () -> now), Runnable::run, () -> now);

    private void scan(int seconds) {
        now += Duration.ofSeconds(seconds).toNanos();
        logs.scan();
    }

    private void append(String path, String text) {
        files.append(path, text.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> written() {
        return store.story().stream().map(event -> event.replaceFirst(".*/logs/(\\S+) .*", "$1")).toList();
    }

    @Test
    void tokensComeBackAtTheirRateAndNoFurtherThanTheBurst() {
        RequestBudget budget = new RequestBudget(5, 2, () -> now);
        assertTrue(budget.tryTake() && budget.tryTake());
        assertEquals(false, budget.tryTake());
        now += Duration.ofMillis(201).toNanos();
        assertEquals(true, budget.tryTake());
        assertEquals(false, budget.tryTake());
        budget.take();
        now += Duration.ofMillis(201).toNanos();
        assertEquals(false, budget.tryTake(), "the debt comes first");
        now += Duration.ofHours(1).toNanos();
        assertTrue(budget.tryTake() && budget.tryTake());
        assertEquals(false, budget.tryTake());
    }

    @Test
    void writesKeepToTheBudgetOldestByteFirst() {
        logs.open(LogRig.KEY, LogRig.NODE);
        for (int i = 0; i < 60; i++) {
            append("first-" + i, "text\n");
        }
        scan(1);
        for (int i = 0; i < 60; i++) {
            append("second-" + i, "text\n");
        }
        scan(1);
        scan(5);
        assertEquals(50, store.writes());
        scan(1);
        assertEquals(55, store.writes());
        scan(4);
        assertTrue(written().subList(0, 60).stream().allMatch(name -> name.startsWith("first-")), () -> "order " + written());
    }

    @Test
    void atTheEndTheMostTellingFilesGoFirst() {
        logs.open(LogRig.KEY, LogRig.NODE);
        append("dashboard.log", "x".repeat(200_000));
        append("a-large-one.log", "x".repeat(255 << 10));
        append("worker-1-01000000-5.err", "text\n");
        append("raylet.out", "text\n");
        append("worker-1-01000000-5.out", "text\n");
        logs.scan();
        append("a-large-one.log", "x".repeat(10 << 10));
        now += 1;
        assertEquals(0, logs.flush(Duration.ofSeconds(5)));
        assertEquals(List.of("raylet.out", "worker-1-01000000-5.err"), written().subList(0, 2).stream().sorted().toList());
        assertEquals("a-large-one.log", written().get(4));
        assertEquals(5, store.writes());
    }
}
