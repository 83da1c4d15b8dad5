package io.rayhistory.domain.history;

import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.event.PlatformEvent;
import io.rayhistory.domain.event.TaskError;
import io.rayhistory.domain.event.TaskState;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class HistoryImageTest {

    @Test
    void everyComponentOfEveryRowComesBack() {
        for (long seed = 1; seed <= 100; seed++) {
            SessionHistory history = random(new Random(seed));
            ValueList image = new ValueList();
            HistoryImage.write(history, image);
            SessionHistory read = HistoryImage.read(image);
            assertTrue(image.isRead(), "seed " + seed);
            assertSame(history, read, "seed " + seed);
        }
    }

    @Test
    void wrongValuesAreCorruptAndNothingElse() {
        for (long seed = 1; seed <= 500; seed++) {
            Random random = new Random(seed);
            ValueList image = new ValueList();
            HistoryImage.write(random(random), image);
            int at = random.nextInt(image.values.size());
            if (image.values.get(at) instanceof Long number) {
                image.values.set(at, random.nextBoolean() ? number + 1 : random.nextLong() >> random.nextInt(64));
            } else {
                image.values.remove(at);
            }
            try {
                HistoryImage.read(image);
            } catch (HistoryException e) {
                assertEquals(HistoryException.Kind.CORRUPT, e.kind(), "seed " + seed);
            }
        }
    }

    @Test
    void replayedHistoriesTellTheSameFromTheirImages() {
        for (long seed = 1; seed <= 200; seed++) {
            Replay replay = new Replay(TaskEvents.SESSION);
            ReplayOrderTest.randomEvents(new Random(seed)).forEach(replay::add);
            SessionHistory history = replay.freeze();
            ValueList image = new ValueList();
            HistoryImage.write(history, image);
            assertEquals(ReplayOrderTest.describe(history), ReplayOrderTest.describe(HistoryImage.read(image)),
                    "seed " + seed);
        }
    }

    private static SessionHistory random(Random random) {
        RandomRows rows = new RandomRows(random);
        int size = random.nextInt(20);
        List<TaskShape> shapes = some(rows, TaskShape.class);
        List<TaskExecutor> executors = some(rows, TaskExecutor.class);
        List<String> texts = some(rows, String.class);
        PackedBytes records = new PackedBytes();
        long[] unique = new long[size];
        int[][] columns = new int[5][size];
        byte[] state = new byte[size];
        for (int i = 0; i < size; i++) {
            unique[i] = random.nextLong();
            columns[0][i] = random.nextInt(texts.size());
            columns[1][i] = random.nextInt(3) - 1;
            columns[2][i] = random.nextInt(shapes.size());
            columns[3][i] = random.nextInt(executors.size());
            columns[4][i] = records.add(new PackedBytes.Writer().varint(random.nextLong()));
            state[i] = (byte) random.nextInt(TaskState.values().length);
        }
        records.trim();
        TaskTable table = new TaskTable(unique, columns[0], columns[1], columns[2], columns[3], state, columns[4], records,
                random.nextLong(), texts, shapes, executors, rows.list(TaskError.class, 3),
                rows.list(TaskComponent.class, 3), rows.list(String.class, 9));
        SessionHistory.Entities entities = new SessionHistory.Entities(rows.list(Actor.class, 4),
                rows.list(Node.class, 4), rows.list(Worker.class, 4), rows.list(Job.class, 4),
                rows.list(PlacementGroup.class, 4), rows.list(LogEvent.class, 4), rows.list(PlatformEvent.class, 4));
        return new SessionHistory(rows.text(), random.nextLong(), table, entities, Map.of("thread", random.nextLong()));
    }

    private static <T> List<T> some(RandomRows rows, Class<T> type) {
        List<T> some = rows.list(type, 5);
        return some.isEmpty() ? some(rows, type) : some;
    }

    private static void assertSame(SessionHistory was, SessionHistory is, String seed) {
        assertEquals(List.of(was.sessionName(), was.recordEndNs(), was.hiddenAttempts(), was.actors(), was.nodes(),
                was.workers(), was.jobs(), was.placementGroups(), was.logEvents(), was.platformEvents()),
                List.of(is.sessionName(), is.recordEndNs(), is.hiddenAttempts(), is.actors(), is.nodes(),
                is.workers(), is.jobs(), is.placementGroups(), is.logEvents(), is.platformEvents()), seed);
        // Texts of maps tell their order, which equality does not.
        assertEquals(was.actors().toString() + was.platformEvents(), is.actors().toString() + is.platformEvents(), seed);
        TaskTable a = was.tasks();
        TaskTable b = is.tasks();
        assertEquals(List.of(a.epochNs, a.tails, a.shapes, a.executors, a.errors, a.components, a.texts),
                List.of(b.epochNs, b.tails, b.shapes, b.executors, b.errors, b.components, b.texts), seed);
        assertArrayEquals(a.unique, b.unique, seed);
        assertArrayEquals(a.tail, b.tail, seed);
        assertArrayEquals(a.attempt, b.attempt, seed);
        assertArrayEquals(a.shape, b.shape, seed);
        assertArrayEquals(a.executor, b.executor, seed);
        assertArrayEquals(a.state, b.state, seed);
        assertArrayEquals(a.record, b.record, seed);
        assertArrayEquals(a.records.chunks().toArray(), b.records.chunks().toArray(), seed);
        assertEquals(was.weightBytes(), is.weightBytes(), seed);
    }
}
