package io.rayhistory.adapters.raydashboard;

import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A client of its own for each head, so that no connection is used for another one, and none to an address that was left:
 * a client that a head has outlived, or that nobody used for {@link #UNUSED}, is dropped, and what it had open closes after
 * the 30 s for which connections are kept (the program sets {@code jdk.httpclient.keepalive.timeout}). At most
 * {@value #MOST}. Thread-safe.
 */
final class HeadClients implements AutoCloseable {
    private static final int MOST = 256;
    private static final Duration UNUSED = Duration.ofMinutes(2);
    private static final Duration CONNECT = Duration.ofSeconds(2);

    private record Known(InetSocketAddress address, HttpClient client, long usedNs) {
    }

    /** By uid, the longest unused first. */
    private final Map<String, Known> clients = new LinkedHashMap<>(16, 0.75f, true);
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "head-client");
        thread.setDaemon(true);
        return thread;
    });

    synchronized HttpClient of(String uid, InetSocketAddress address) {
        Known known = clients.get(uid);
        HttpClient client = known != null && known.address().equals(address) ? known.client() : builder().executor(threads).build();
        long now = System.nanoTime();
        clients.put(uid, new Known(address, client, now));
        for (Iterator<Known> each = clients.values().iterator(); each.hasNext(); ) {
            if (now - each.next().usedNs() < UNUSED.toNanos() && clients.size() <= MOST) {
                break;
            }
            each.remove();
        }
        return client;
    }

    static HttpClient.Builder builder() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER).proxy(HttpClient.Builder.NO_PROXY);
    }

    @Override
    public synchronized void close() {
        clients.clear();
        threads.shutdown();
    }
}
