package io.rayhistory.bootstrap;

import io.rayhistory.adapters.http.HttpServer;

/** Where a server listens, as people on this machine reach it. Closing stops it. */
record WebAddress(String host, boolean tls, HttpServer server) implements AutoCloseable {

    /** Without a trailing slash. */
    String url() {
        return (tls ? "https://" : "http://") + reachable(host) + ":" + server.port();
    }

    /** The host as it stands in an address. */
    static String reachable(String host) {
        return switch (host) {
            case "0.0.0.0", "::", "[::]" -> "127.0.0.1";
            default -> host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        };
    }

    @Override
    public void close() {
        server.close();
    }
}
