package io.rayhistory.adapters.http.intake;

import java.util.Map;
import java.util.function.Supplier;

/** The port where a program tells how it is: {@code /livez}, {@code /readz}, {@code /metrics}. Thread-safe. */
public final class AdminServer implements AutoCloseable {
    private static final int REQUESTS = 4;

    private final SmallServer server;

    private AdminServer(SmallServer server) {
        this.server = server;
    }

    /**
     * Starts listening.
     *
     * @param port    0 for a free one
     * @param missing what the program waits for, to the reason; it is ready while that is empty
     * @param metrics as Prometheus reads them
     * @throws io.rayhistory.domain.HistoryException UNAVAILABLE if the address is taken or not ours
     */
    public static AdminServer start(String host, int port, Supplier<Map<String, String>> missing, Supplier<String> metrics) {
        IntakeSettings.requirePort(port);
        return new AdminServer(SmallServer.start("admin", host, port, REQUESTS, new AdminHandler(missing, metrics)));
    }

    /** The port listened on. */
    public int port() {
        return server.port();
    }

    /** Stops listening. */
    @Override
    public void close() {
        server.close();
    }
}
