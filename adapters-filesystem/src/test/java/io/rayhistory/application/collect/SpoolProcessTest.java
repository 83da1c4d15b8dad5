package io.rayhistory.application.collect;

import io.rayhistory.adapters.filesystem.DirectoryObjectStore;
import io.rayhistory.application.port.EventSpool;
import io.rayhistory.application.port.ObjectStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Spool and uploader in processes of their own, on a real disk: killed at random, or with little memory. */
final class SpoolProcessTest {
    private static final int KILLS = 16;
    private static final Pattern LINE = Pattern.compile("\\{([0-9-]+/\\d+) x*}");

    @TempDir
    Path folder;

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-Xmx32m", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                SpoolProgram.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(new File(folder.toFile(), "stderr")).start();
    }

    @Test
    void everyAcknowledgedLineOfAKilledProcessIsStored() throws Exception {
        long seed = System.nanoTime();
        Files.createDirectories(folder.resolve("store"));
        Random random = new Random(seed);
        List<String> acknowledged = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            Process process = start("post", folder.toString(), Long.toString(1000 + kill));
            try (BufferedReader acks = process.inputReader()) {
                int enough = 1 + random.nextInt(400);
                for (String ack = acks.readLine(); ack != null; ack = acks.readLine()) {
                    acknowledged.add(ack);
                    if (--enough == 0) {
                        // Not Process.destroyForcibly: that closes the pipe, and what was acknowledged in it is lost.
                        process.toHandle().destroyForcibly();
                    }
                }
            }
            assertEquals(128 + 9, process.waitFor(), () -> "the process was not killed, seed " + seed + ": " + stderr());
        }
        ExecutorService workers = Executors.newFixedThreadPool(2);
        try (EventSpool spool = SpoolProgram.spool(folder, 40_000)) {
            spool.nodeIs("", "n1");
            assertEquals(0, SpoolProgram.uploader(spool, folder, false, workers).finish(Duration.ofMinutes(1)), "seed " + seed);
            assertEquals(List.of(), spool.files(), "seed " + seed);
        } finally {
            workers.shutdown();
            assertTrue(workers.awaitTermination(10, TimeUnit.SECONDS));
        }
        try (Stream<Path> left = Files.walk(folder.resolve("event-data/c_ns"))) {
            assertEquals(List.of(), left.filter(Files::isRegularFile).toList(), "seed " + seed);
        }
        Map<String, Integer> stored = stored(seed);
        int lines = 0;
        for (String ack : acknowledged) {
            String[] batch = ack.split(" ");
            for (int i = 0; i < Integer.parseInt(batch[1]); i++, lines++) {
                String id = batch[0] + "/" + i;
                assertTrue(stored.containsKey(id), () -> id + " was acknowledged and is lost, seed " + seed);
            }
        }
        long doubled = stored.values().stream().filter(count -> count > 1).count();
        System.out.println(KILLS + " kills: " + lines + " lines acknowledged, " + stored.size() + " stored, " + doubled
                + " of them twice, seed " + seed);
    }

    private Map<String, Integer> stored(long seed) {
        Map<String, Integer> stored = new HashMap<>();
        try (ObjectStore store = new DirectoryObjectStore(folder.resolve("store"))) {
            store.list("cluster-history/").forEachRemaining(object -> {
                String text = store.read(object.name(), 0, ObjectStore.TO_END, "", (stream, info) -> {
                    try (InputStream plain = info.name().endsWith(".gz") ? new GZIPInputStream(stream) : stream) {
                        return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
                    }
                }).orElseThrow();
                text.lines().forEach(line -> {
                    var parsed = LINE.matcher(line);
                    assertTrue(parsed.matches(), () -> "'" + line + "' is no whole line, seed " + seed);
                    stored.merge(parsed.group(1), 1, Integer::sum);
                });
            });
        }
        return stored;
    }

    @Test
    void batchesLargerThanTheHeapAreSpooledAndSent() throws Exception {
        Files.createDirectories(folder.resolve("store"));
        Process process = start("large", folder.toString());
        String told;
        try (InputStream out = process.getInputStream()) {
            told = new String(out.readAllBytes(), StandardCharsets.UTF_8);
        }
        assertEquals(0, process.waitFor(), this::stderr);
        assertEquals("committed\n".repeat(4) + "all sent\n", told, this::stderr);
    }

    private String stderr() {
        try {
            return Files.readString(folder.resolve("stderr"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
