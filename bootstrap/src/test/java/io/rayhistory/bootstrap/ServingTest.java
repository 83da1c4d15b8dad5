package io.rayhistory.bootstrap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The commands that serve, on free ports, asked over HTTP. */
final class ServingTest {
    private static final Path RECORDING = Path.of("src/test/resources/recordings/ray-2.60-demo/store.tar.gz");
    private static final String SESSION = "session_2026-11-22_20-21-16_964865_19675";
    private static final String NAME = "/cluster-history/raycluster/default/demo/" + SESSION;

    @TempDir
    private Path folder;

    @Test
    void serveWithoutStorageShowsTheSampleAndTidiesUp() throws Exception {
        Set<Path> before = temporaryFolders();
        try (RunningCommand serve = new RunningCommand("serve", "--port", "0")) {
            assertTrue(serve.said().contains("bundled sample"), serve.said());
            assertEquals(200, serve.get("/livez").statusCode());
            assertTrue(serve.get("/").body().contains("<title>Ray History</title>"));
            assertTrue(serve.get("/history/v1/sessions").body().contains(SESSION));
            assertEquals(200, serve.get("/s/default/demo/latest/api/v0/tasks?limit=1").statusCode());
            assertEquals(0, serve.stop());
        }
        assertEquals(before, temporaryFolders());
    }

    @Test
    void openOfAnArchiveServesItsSessionAtTheRoot() throws Exception {
        Set<Path> before = temporaryFolders();
        try (RunningCommand open = new RunningCommand("open", RECORDING.toString(), "--port", "0")) {
            assertEquals("  export RAY_ADDRESS=" + open.url(), open.waitFor("  export"));
            assertTrue(open.said().contains("Ray 2.60.0"), open.said());
            assertTrue(open.get("/api/v0/actors").body().contains("\"class_name\":\"Counter\"")
                    || open.get("/api/v0/actors").body().contains("\"class_name\": \"Counter\""));
            assertEquals(0, open.stop());
        }
        assertEquals(before, temporaryFolders());
    }

    @Test
    void settingsOfTheDashboardReachIt() throws Exception {
        try (RunningCommand open = new RunningCommand("open", RECORDING.toString(), "--port", "0", "--nodes-dead-at-end", "true",
                "--grafana-host", "http://grafana.example", "--runtime-env-redaction", "always")) {
            assertFalse(open.get("/nodes?view=summary").body().replace(" ", "").contains("\"state\":\"ALIVE\""));
            assertTrue(open.get("/api/grafana_health").body().contains("http://grafana.example"));
            assertTrue(open.get("/api/jobs/02000000").body().contains("<redacted>"));
        }
    }

    @Test
    void oneSessionsFolderKeepsItsNames() throws Exception {
        Archive.unpack(RECORDING, folder, Archive.Limits.DEFAULT);
        Path session = StoreFinder.find(folder).folder().resolve(NAME.substring(1));
        try (RunningCommand open = new RunningCommand("open", session.toString(), "--port", "0")) {
            assertTrue(open.said().contains("cluster demo (namespace default)"), open.said());
            assertTrue(open.said().contains("12 actors"), open.said());
        }
    }

    @Test
    void renamedSessionIsStillThatSession() throws Exception {
        Archive.unpack(RECORDING, folder, Archive.Limits.DEFAULT);
        Path session = StoreFinder.find(folder).folder().resolve(NAME.substring(1));
        Path renamed = Files.move(session, folder.resolve("crash on monday"));
        try (RunningCommand open = new RunningCommand("open", renamed.toString(), "--port", "0")) {
            assertTrue(open.said().contains(SESSION), open.said());
            assertTrue(open.said().contains("12 actors"), open.said());
        }
    }

    @Test
    void sessionOfTheOldFamilyOpensToo() throws Exception {
        Archive.unpack(RECORDING, folder, Archive.Limits.DEFAULT);
        Path session = StoreFinder.find(folder).folder().resolve(NAME.substring(1));
        Path old = Files.createDirectories(folder.resolve("other/demo_default/" + SESSION));
        asOldFamily(session, old);
        try (RunningCommand open = new RunningCommand("open", old.toString(), "--port", "0")) {
            assertTrue(open.said().contains("cluster demo (namespace default)"), open.said());
            assertTrue(open.said().contains("12 actors"), open.said());
            assertTrue(open.get("/api/v0/logs?node_id=5263ab4e58b0b118a9ecbb1b829dcf4eb165494fc261bfd004660e1f").body().contains("raylet.out"));
        }
    }

    @Test
    void takenPortIsAFailureThatSaysSo() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            Said said = Said.by("serve", "--host", "0.0.0.0", "--port", Integer.toString(taken.getLocalPort()));
            assertEquals(1, said.code(), said.err());
            assertTrue(said.err().contains(Integer.toString(taken.getLocalPort())), said.err());
        }
    }

    /** Moves {@code <node>/<kind>/...} to where the older layout had it. */
    private static void asOldFamily(Path session, Path old) throws IOException {
        try (Stream<Path> nodes = Files.list(session)) {
            for (Path node : nodes.filter(path -> Files.isDirectory(path.resolve("logs"))).toList()) {
                Files.createDirectories(old.resolve("logs"));
                Files.move(node.resolve("logs"), old.resolve("logs").resolve(node.getFileName()));
                for (String kind : new String[] {"node_events", "job_events"}) {
                    moveFiles(node.resolve(kind), old.resolve(kind));
                }
            }
        }
    }

    private static void moveFiles(Path from, Path to) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.move(file, target);
            }
        }
    }

    private static Set<Path> temporaryFolders() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith(TemporaryFolder.prefix())).collect(Collectors.toSet());
        }
    }
}
