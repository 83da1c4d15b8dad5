package io.rayhistory.bootstrap;

import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** As much of a head's dashboard as tells which session it runs. */
final class FakeHead implements AutoCloseable {
    private final HttpServer server;
    private volatile String session = "";

    /** Starts without a session: it answers 503 until it {@link #runs} one. */
    FakeHead() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            boolean known = !session.isEmpty() && exchange.getRequestURI().getPath().equals("/api/version");
            byte[] body = ("{\"version\": \"4\", \"ray_version\": \"2.60.0\", \"session_name\": \"" + session + "\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(known ? 200 : 503, known ? body.length : -1);
            if (known) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** @param name {@code ""} for none */
    void runs(String name) {
        session = name;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
