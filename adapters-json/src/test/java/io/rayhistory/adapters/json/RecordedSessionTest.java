package io.rayhistory.adapters.json;

import io.rayhistory.domain.event.ActorTaskDefinitionEvent;
import io.rayhistory.domain.event.RayEvent;
import io.rayhistory.domain.event.TaskDefinitionEvent;
import io.rayhistory.domain.event.TaskLifecycleEvent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A recorded session of Ray 2.60, and the same session as other Rays and collectors would have written it. */
class RecordedSessionTest {
    private static final List<String> LINES = new ArrayList<>();
    private static List<RayEvent> recorded;

    @BeforeAll
    static void readTheSample() throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(Path.of("..", "samples", "hello-session", "cluster-history"))) {
            files = walk.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList();
        }
        for (Path file : files) {
            LINES.addAll(Files.readAllLines(file));
        }
        CollectingSink sink = CollectingSink.of(String.join("\n", LINES));
        assertEquals(List.of(), sink.damages);
        recorded = sink.events;
    }

    private static List<RayEvent> decoded(byte[] file) {
        CollectingSink sink = CollectingSink.of(file);
        assertEquals(List.of(), sink.damages);
        return sink.events;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void everyLineIsAnEvent() {
        Map<String, Long> types = recorded.stream().collect(Collectors.groupingBy(
                e -> e.getClass().getSimpleName(), TreeMap::new, Collectors.counting()));
        assertEquals("{ActorDefinitionEvent=12, ActorLifecycleEvent=29, ActorTaskDefinitionEvent=52, "
                + "DriverJobDefinitionEvent=4, DriverJobLifecycleEvent=7, NodeDefinitionEvent=2, NodeLifecycleEvent=3, "
                + "TaskDefinitionEvent=156, TaskLifecycleEvent=492, TaskProfileEvent=216, WorkerDefinitionEvent=70, "
                + "WorkerLifecycleEvent=108}", types.toString());
        assertEquals(LINES.size(), recorded.size());
    }

    @Test
    void everyIdAndTimeOfTheEnvelopeIsKnown() {
        for (RayEvent event : recorded) {
            assertEquals(56, event.envelope().eventId().length());
            assertEquals(56, event.envelope().nodeId().length());
            assertEquals("session_2026-11-22_20-21-16_964865_19675", event.envelope().sessionName());
            assertTrue(event.envelope().timeNs() > 1795378876_000000000L && event.envelope().timeNs() < 1795379100_000000000L);
        }
    }

    @Test
    void snakeCaseSaysTheSame() {
        String snake = LINES.stream().map(line -> JsonTree.write(Dialects.snakeCase(JsonTree.object(line))))
                .collect(Collectors.joining("\n"));
        assertTrue(snake.contains("\"task_lifecycle_event\"") && !snake.contains("\"taskId\""));
        assertEquals(recorded, decoded(bytes(snake)));
    }

    @Test
    void hexIdsMixedSpellingsAndAnyOrderOfMembersSayTheSame() {
        for (long seed = 1; seed <= 5; seed++) {
            Random random = new Random(seed);
            String mixed = LINES.stream().map(line -> JsonTree.write(Dialects.mixed(JsonTree.object(line), random)))
                    .collect(Collectors.joining("\n"));
            assertEquals(recorded, decoded(bytes(mixed)), "seed " + seed);
        }
    }

    @Test
    void asOneArraySaysTheSame() {
        assertEquals(recorded, decoded(bytes("[" + String.join(", ", LINES) + "]")));
        assertEquals(recorded, decoded(bytes("\n [\n" + String.join(",\nnull,\n", LINES) + "\n]\n")));
    }

    @Test
    void gzippedSaysTheSame() {
        int half = LINES.size() / 2;
        byte[] first = GzipTest.gzip(bytes(String.join("\n", LINES.subList(0, half)) + "\n"));
        byte[] second = GzipTest.gzip(bytes(String.join("\n", LINES.subList(half, LINES.size())) + "\n"));
        assertEquals(recorded, decoded(GzipTest.join(first, second)));
        assertEquals(recorded, decoded(GzipTest.gzip(bytes("[" + String.join(",", LINES) + "]"))));
    }

    @Test
    void aCutGzipFileKeepsItsCompleteLines() {
        byte[] file = GzipTest.gzip(bytes(String.join("\n", LINES)));
        for (int cut = file.length - 1; cut > 2; cut -= file.length / 7) {
            CollectingSink sink = CollectingSink.of(Arrays.copyOf(file, cut));
            assertEquals(recorded.subList(0, sink.events.size()), sink.events);
            assertEquals(List.of("TRUNCATED gzip stream"), sink.damages);
        }
    }

    @Test
    void taskEventsOfRay249SayTheSame() {
        String old = LINES.stream().map(line -> JsonTree.write(Dialects.ofRay249(JsonTree.object(line))))
                .collect(Collectors.joining("\n"));
        List<RayEvent> events = decoded(bytes(old));
        assertEquals(recorded.size(), events.size());
        for (int i = 0; i < events.size(); i++) {
            assertEquals("", events.get(i).envelope().nodeId());
            assertEquals(recorded.get(i).envelope().eventId(), events.get(i).envelope().eventId());
            if (recorded.get(i) instanceof TaskLifecycleEvent then) {
                TaskLifecycleEvent now = (TaskLifecycleEvent) events.get(i);
                assertEquals(then.transitions(), now.transitions());
                assertEquals(List.of(then.taskId(), then.attempt(), then.nodeId(), then.workerPid()),
                        List.of(now.taskId(), now.attempt(), now.nodeId(), now.workerPid()));
                assertEquals(then.error(), now.error());
            } else if (recorded.get(i) instanceof TaskDefinitionEvent then) {
                assertEquals(then.task(), ((TaskDefinitionEvent) events.get(i)).task());
            } else if (recorded.get(i) instanceof ActorTaskDefinitionEvent then) {
                assertEquals(then.task(), ((ActorTaskDefinitionEvent) events.get(i)).task());
            }
        }
    }

    @Test
    void damageAnywhereNeverCostsAnotherLine() {
        long seed = 7;
        Random random = new Random(seed);
        for (int round = 0; round < 40; round++) {
            int at = random.nextInt(LINES.size());
            byte[] line = bytes(LINES.get(at));
            int hits = 1 + random.nextInt(3);
            for (int i = 0; i < hits; i++) {
                byte noise = (byte) random.nextInt(256);
                line[random.nextInt(line.length)] = noise == '\n' ? 0 : noise;
            }
            byte[] file = GzipTest.join(GzipTest.join(bytes(LINES.get((at + 1) % LINES.size()) + "\n"), line),
                    bytes("\n" + LINES.get((at + 2) % LINES.size())));
            CollectingSink sink = CollectingSink.of(file);
            String context = "seed " + seed + " round " + round + ": " + sink.damages;
            assertEquals(recorded.get((at + 1) % LINES.size()), sink.events.get(0), context);
            assertEquals(recorded.get((at + 2) % LINES.size()), sink.events.get(sink.events.size() - 1), context);
            assertTrue(sink.events.size() == 3 || !sink.damages.isEmpty(), context);
        }
    }

    @Test
    void noNoiseInAnArrayEndsTheReading() {
        long seed = 11;
        Random random = new Random(seed);
        for (int round = 0; round < 40; round++) {
            byte[] file = bytes("[" + String.join(",", LINES.subList(round * 20, round * 20 + 20)) + "]");
            int at = random.nextInt(file.length);
            file[at] = (byte) random.nextInt(256);
            CollectingSink sink = CollectingSink.of(file);
            long before = new String(file, 0, at, StandardCharsets.ISO_8859_1).split("\\},\\{\"eventId", -1).length - 1;
            assertTrue(sink.events.size() >= before, "seed " + seed + " round " + round + ": " + sink.damages);
        }
    }

    @Test
    void readInAnyPiecesItSaysTheSame() throws IOException {
        long seed = 3;
        Random random = new Random(seed);
        List<String> some = LINES.subList(0, 200);
        for (byte[] file : List.of(bytes(String.join("\n", some)), bytes("[" + String.join(",", some) + "]"))) {
            for (int longest : new int[] {3, 1000, 100_000}) {
                CollectingSink sink = new CollectingSink();
                new JacksonEventCodec().decode(new FilterInputStream(new ByteArrayInputStream(file)) {
                    @Override
                    public int read(byte[] target, int offset, int length) throws IOException {
                        return super.read(target, offset, Math.min(length, 1 + random.nextInt(longest)));
                    }
                }, sink);
                assertEquals(recorded.subList(0, 200), sink.events, "seed " + seed + ", pieces up to " + longest);
            }
        }
    }

    @Test
    void manyThreadsMayShareOneCodec() {
        JacksonEventCodec codec = new JacksonEventCodec();
        byte[] file = bytes(String.join("\n", LINES));
        Stream.of(1, 2, 3, 4, 5, 6, 7, 8).parallel()
                .forEach(i -> assertEquals(recorded, CollectingSink.of(codec, file).events));
    }
}
