package io.rayhistory.domain.history;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rayhistory.domain.event.TaskState;
import org.junit.jupiter.api.Test;

import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;

class LatestRowsTest {

    @Test
    void theYoungestAreChosenAndOfOneAgeTheFirst() {
        for (long seed = 1; seed <= 100; seed++) {
            Random random = new Random(seed);
            Replay replay = new Replay(TaskEvents.SESSION);
            int size = 1 + random.nextInt(150);
            for (int task = 0; task < size; task++) {
                replay.add(TaskEvents.entered(task, 0, TaskState.PENDING_ARGS_AVAIL, 1 + random.nextInt(12)));
            }
            TaskTable table = replay.freeze().tasks();
            int[] rows = IntStream.range(0, table.size()).filter(row -> random.nextInt(4) > 0).toArray();
            int limit = random.nextInt(rows.length + 2);
            int[] expected = IntStream.of(rows).boxed()
                    .sorted(Comparator.comparing((Integer row) -> -table.firstStateNs(row)).thenComparing(row -> row))
                    .limit(limit).sorted().mapToInt(row -> row).toArray();
            LatestRows latest = table.latest(rows, limit);
            assertArrayEquals(expected, latest.rows(), "seed " + seed);
            assertEquals(rows.length, latest.total(), "seed " + seed);
        }
    }

    @Test
    void driversAreLeftOutOnlyWhenAskedFor() {
        Replay replay = new Replay(TaskEvents.SESSION);
        replay.add(TaskEvents.entered(1, 0, TaskState.RUNNING, 5));
        TaskTable table = replay.freeze().tasks();
        assertEquals(1, table.latest(10, true).total());
        assertArrayEquals(new int[] {0}, table.latest(10, false).rows());
        assertEquals(table.latest(10, true).rows(), table.latest(10, true).rows());
    }
}
