package io.rayhistory.adapters.http.intake;

import io.rayhistory.domain.HistoryException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

import java.lang.System.Logger.Level;

/** One port with one handler, and Jetty's limits set on purpose. Thread-safe. */
final class SmallServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SmallServer.class.getName());
    private static final int HEADER_BYTES = 16 << 10;
    /** A read of the socket: events come by the hundred kilobytes. */
    private static final int READ_BYTES = 64 << 10;
    private static final int IDLE_MS = 30_000;
    private static final int STOP_MS = 2_000;
    /** While stopping: Jetty would wait a second for clients that keep their connections open for nothing. */
    private static final int STOP_IDLE_MS = 100;
    /** Acceptor, selector, and some that refuse what is too much. */
    private static final int SPARE_THREADS = 8;

    private final Server server;
    private final ServerConnector connector;

    private SmallServer(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /** Listens. @throws HistoryException UNAVAILABLE if the address is taken or not ours */
    static SmallServer start(String name, String host, int port, int requests, Handler handler) {
        QueuedThreadPool threads = new QueuedThreadPool(requests + SPARE_THREADS, Math.min(4, requests), 30_000);
        threads.setName(name);
        threads.setDaemon(true);
        Server server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setRequestHeaderSize(HEADER_BYTES);
        http.setSendServerVersion(false);
        HttpConnectionFactory http11 = new HttpConnectionFactory(http);
        http11.setInputBufferSize(READ_BYTES);
        ServerConnector connector = new ServerConnector(server, 1, 1, http11);
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_MS);
        connector.setShutdownIdleTimeout(STOP_IDLE_MS);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(4 * requests + SPARE_THREADS, server));
        server.setHandler(new GracefulHandler(handler));
        server.setStopTimeout(STOP_MS);
        server.setErrorHandler((request, response, callback) -> {
            // Only what Jetty itself refuses ends here: malformed requests, headers too large.
            int status = response.getStatus();
            response.getHeaders().put("Content-Type", "text/plain; charset=utf-8");
            Content.Sink.write(response, true, status + ": " + HttpStatus.getMessage(status) + "\n", callback);
            return true;
        });
        SmallServer started = new SmallServer(server, connector);
        try {
            server.start();
        } catch (Exception e) {
            started.close();
            throw HistoryException.unavailable("cannot listen on " + host + ":" + port
                    + "; is it taken by another program, or not an address of this machine?", e);
        }
        return started;
    }

    int port() {
        return connector.getLocalPort();
    }

    /** Stops listening, and lets running requests end within two seconds. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            LOG.log(Level.WARNING, "the server did not stop in order", e);
        }
    }
}
