package io.rayhistory.adapters.filesystem;

import io.rayhistory.application.port.RayNode.Mark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

final class DirectoryRayNodeTest {
    private static final String SESSION = "session_2026-11-22_20-21-16_964865_19675";
    private static final String ONE = "5263ab4e58b0b118a9ecbb1b829dcf4eb165494fc261bfd004660e1f";
    private static final String OTHER = "856e6ecf6b34e331a3674667e2e36b339e55497bd534ce7f69736169";
    private static final Instant TIME = Instant.parse("2026-11-22T20:21:20Z");

    @TempDir
    private Path root;

    private Path session() throws IOException {
        return Files.createDirectories(root.resolve(SESSION));
    }

    private static void write(Path file, String text, Instant modified) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(modified));
    }

    private DirectoryRayNode node() {
        return new DirectoryRayNode(root);
    }

    @Test
    void linkNamesTheSessionWhereverItsTargetIsMounted() throws IOException {
        assertEquals(Optional.empty(), node().latestSession());
        Files.createSymbolicLink(root.resolve("session_latest"), Path.of("/somewhere/else", SESSION));
        assertEquals(Optional.of(SESSION), node().latestSession());
        Files.delete(root.resolve("session_latest"));
        Files.createDirectory(root.resolve("session_latest"));
        assertEquals(Optional.empty(), node().latestSession());
    }

    @Test
    void rootThatIsNotThereYetIsEmpty() {
        DirectoryRayNode absent = new DirectoryRayNode(root.resolve("not/there"));
        assertEquals(Optional.empty(), absent.latestSession());
        assertEquals(List.of(), absent.sessions());
        assertEquals(Optional.empty(), absent.hookMark());
        assertEquals(List.of(), absent.marks(SESSION));
        assertEquals(Optional.empty(), absent.rayletSince(SESSION));
        assertEquals(Optional.empty(), absent.lastWritten(SESSION));
        assertFalse(absent.answers(SESSION));
    }

    @Test
    void sessionsAreFoldersWithSafeNames() throws IOException {
        session();
        Files.createDirectory(root.resolve("session_2026-11-21_00-00-00_000000_1"));
        Files.createDirectory(root.resolve("session_with blank"));
        Files.createDirectory(root.resolve("prev-logs"));
        Files.writeString(root.resolve("session_file"), "");
        Files.createSymbolicLink(root.resolve("session_latest"), root.resolve(SESSION));
        assertEquals(List.of("session_2026-11-21_00-00-00_000000_1", SESSION), node().sessions());
    }

    @Test
    void rayletLivesWhileItsSocketAcceptsConnections() throws IOException {
        Path socket = Files.createDirectory(session().resolve("sockets")).resolve("raylet");
        assertFalse(node().answers(SESSION));
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            assertTrue(node().answers(SESSION));
            assertTrue(node().rayletSince(SESSION).isPresent());
        }
        assertTrue(Files.exists(socket), "a killed raylet leaves its socket");
        assertFalse(node().answers(SESSION));
    }

    @Test
    void socketsOfOtherProcessesSayNothing() throws IOException {
        Path sockets = Files.createDirectory(session().resolve("sockets"));
        try (ServerSocketChannel store = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                ServerSocketChannel second = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            store.bind(UnixDomainSocketAddress.of(sockets.resolve("plasma_store")));
            assertFalse(node().answers(SESSION));
            second.bind(UnixDomainSocketAddress.of(sockets.resolve("raylet.1")));
            assertTrue(node().answers(SESSION));
        }
    }

    @Test
    void nodeIdsAreReadFromPortFilesLatestFirst() throws IOException {
        write(session().resolve("gcs_server_port_" + ONE), "6379", TIME);
        write(session().resolve("metrics_agent_port_" + ONE), "1", TIME.plusSeconds(5));
        write(session().resolve("metrics_agent_port_" + OTHER), "1", TIME.plusSeconds(3));
        write(session().resolve("metrics_agent_port_nonsense"), "1", TIME.plusSeconds(9));
        write(session().resolve("ports_by_node.json"), "{}", TIME.plusSeconds(9));
        assertEquals(List.of(new Mark(ONE, TIME.plusSeconds(5)), new Mark(OTHER, TIME.plusSeconds(3))), node().marks(SESSION));
    }

    @Test
    void hookFileIsBelievedIfItHoldsAnId() throws IOException {
        Path file = root.resolve("raylet_node_id");
        write(file, ONE.toUpperCase() + "\n", TIME);
        assertEquals(Optional.of(new Mark(ONE, TIME)), node().hookMark());
        write(file, "", TIME);
        assertEquals(Optional.empty(), node().hookMark());
        write(file, "../" + ONE, TIME);
        assertEquals(Optional.empty(), node().hookMark());
    }

    @Test
    void rayletsOwnLogNamesTheNodeAsALastResort() throws IOException {
        assertEquals("", node().loggedNodeId(SESSION));
        Path log = session().resolve("logs/raylet.out");
        write(log, "(raylet) main.cc:711: starting\n", TIME);
        assertEquals("", node().loggedNodeId(SESSION));
        write(log, "worker_id=" + OTHER + "\n(raylet) node_manager.cc:355: Raylet of id, " + ONE + " started. Raylet consists of\n", TIME);
        assertEquals(ONE, node().loggedNodeId(SESSION));
    }

    @Test
    void sessionWasLastWrittenWhenItsLatestLogWas() throws IOException {
        write(session().resolve("logs/raylet.out"), "x", TIME);
        write(session().resolve("logs/raylet.err"), "x", TIME.plusSeconds(1));
        assertEquals(Optional.of(TIME.plusSeconds(1)), node().lastWritten(SESSION));
    }
}
