package io.rayhistory.bootstrap;

import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What a collector sees of a Ray head node: its folder with a raylet's socket, and a dashboard. */
final class FakeRayNode implements AutoCloseable {
    private final Path root;
    private final HttpServer dashboard;
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private ServerSocketChannel raylet;

    FakeRayNode(Path root) throws IOException {
        this.root = root;
        dashboard = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        dashboard.createContext("/", exchange -> {
            byte[] body = answers.getOrDefault(exchange.getRequestURI().toString(), "").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(body.length == 0 ? 404 : 200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        dashboard.start();
    }

    String dashboardUrl() {
        return "http://127.0.0.1:" + dashboard.getAddress().getPort();
    }

    void answers(String target, String body) {
        answers.put(target, body);
    }

    /** A session begins, and is the latest. */
    void begin(String session, String nodeId) throws IOException {
        Path sockets = Files.createDirectories(root.resolve(session).resolve("sockets"));
        raylet = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        raylet.bind(UnixDomainSocketAddress.of(sockets.resolve("raylet")));
        Files.writeString(root.resolve(session).resolve("metrics_agent_port_" + nodeId), "1234");
        Files.deleteIfExists(root.resolve("session_latest"));
        Files.createSymbolicLink(root.resolve("session_latest"), root.resolve(session));
    }

    void log(String session, String name, String text) throws IOException {
        Path file = root.resolve(session).resolve("logs").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** The raylet is killed: its socket stays. */
    void die() throws IOException {
        raylet.close();
    }

    @Override
    public void close() throws IOException {
        dashboard.stop(0);
        if (raylet != null) {
            raylet.close();
        }
    }
}
