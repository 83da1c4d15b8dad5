package io.rayhistory.example;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class CollectHistoryExampleTest {
    private static final String NODE = "5263ab4e58b0b118a9ecbb1b829dcf4eb165494fc261bfd004660e1f";

    @Test
    void theExampleStoresASessionsLogs(@TempDir Path folder) throws IOException {
        Path logs = Files.createDirectories(folder.resolve("ray/session_1/logs"));
        Files.writeString(logs.resolve("raylet.out"), "one\n");
        Files.writeString(logs.getParent().resolve("metrics_agent_port_" + NODE), "1");
        Files.createSymbolicLink(folder.resolve("ray/session_latest"), logs.getParent());
        Path store = Files.createDirectory(folder.resolve("store"));
        Path marker = store.resolve("cluster-metadata/raycluster/default_demo/session_1");
        long unsent = CollectHistoryExample.collect(folder.resolve("ray"), folder.resolve("spool"), store, 0, port -> await(marker));
        assertEquals(0, unsent);
        try (Stream<Path> stored = Files.walk(store)) {
            Path log = stored.filter(file -> file.endsWith("session_1/" + NODE + "/logs/raylet.out")).findFirst().orElseThrow();
            assertEquals("one\n", Files.readString(log));
        }
    }

    private static void await(Path file) {
        try {
            for (int tries = 0; !Files.exists(file); tries++) {
                assertTrue(tries < 300, file + " is not there");
                Thread.sleep(100);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
