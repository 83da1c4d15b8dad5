package io.rayhistory.adapters.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinException;
import io.rayhistory.domain.HistoryException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

import java.util.Optional;

/** Jetty's limits, set on purpose. */
final class Listening {
    private static final System.Logger LOG = System.getLogger(Listening.class.getName());
    /** Threads beside the ones that answer session requests and streams: acceptors, selectors, probes and pages. */
    private static final int SPARE_THREADS = 24;
    /** Each request that is passed on to a running cluster takes one; so many are passed on at a time. */
    private static final int LIVE_THREADS = 256;

    /** What fits goes out at once and with its length; larger buffers are not kept for the next answer. A page of 100 tasks fits. */
    private static final int OUTPUT_BYTES = 64 * 1024;

    /** How long a kept connection without a request delays a stop. */
    private static final long SHUTDOWN_IDLE_MS = 250;

    private Listening() {
    }

    static void configure(JavalinConfig config, HttpSettings settings, Optional<TlsFiles> tls) {
        HttpLimits limits = settings.limits();
        int threads = limits.concurrentRequests() + Math.max(1, limits.concurrentRequests() / 4) + SPARE_THREADS
                + (settings.live().isPresent() ? LIVE_THREADS : 0);
        // Its queue needs no limit of its own: a connection has one request in it at most, and connections are limited.
        QueuedThreadPool pool = new QueuedThreadPool(threads, 8, 60_000);
        pool.setName("http");
        config.jetty.threadPool = pool;
        config.jetty.addConnector((server, http) -> {
            ServerConnector connector = new ServerConnector(server, connections(tls, http));
            connector.setHost(settings.host());
            connector.setPort(settings.port());
            connector.setIdleTimeout(limits.idle().toMillis());
            connector.setShutdownIdleTimeout(SHUTDOWN_IDLE_MS);
            return connector;
        });
        config.jetty.modifyHttpConfiguration(http -> {
            http.setRequestHeaderSize(limits.headerBytes());
            http.setSendServerVersion(false);
            http.setOutputBufferSize(OUTPUT_BYTES);
            tls.ifPresent(files -> http.addCustomizer(new SecureRequestCustomizer(false))); // one certificate for every name
        });
        config.jetty.modifyServer(server -> {
            server.setStopTimeout(limits.stop().toMillis());
            server.insertHandler(new GracefulHandler());
            server.addBean(new NetworkConnectionLimit(limits.connections(), server));
            server.setErrorHandler((request, response, callback) -> {
                // Only what Jetty itself refuses ends here: malformed requests, headers too large.
                int status = response.getStatus();
                response.getHeaders().put("Content-Type", "text/plain; charset=utf-8");
                Content.Sink.write(response, true, status + ": " + HttpStatus.getMessage(status), callback);
                return true;
            });
        });
    }

    private static ConnectionFactory[] connections(Optional<TlsFiles> tls, HttpConfiguration http) {
        HttpConnectionFactory plain = new HttpConnectionFactory(http);
        return tls.map(files -> new ConnectionFactory[] {new TlsConnections(files.factory(), plain.getProtocol()), plain})
                .orElse(new ConnectionFactory[] {plain});
    }

    static void stop(Javalin javalin) {
        try {
            javalin.stop();
        } catch (JavalinException e) {
            LOG.log(System.Logger.Level.WARNING, "some requests were cut off by the stop: " + e.getCause());
        }
    }

    static void start(Javalin javalin, HttpSettings settings) {
        try {
            javalin.start();
        } catch (JavalinException e) {
            stop(javalin);
            throw HistoryException.unavailable("cannot listen on " + settings.host() + ":" + settings.port()
                    + "; is it taken by another program, or not an address of this machine?", e);
        }
    }
}
