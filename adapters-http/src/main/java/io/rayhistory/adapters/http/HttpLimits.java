package io.rayhistory.adapters.http;

import java.time.Duration;

/**
 * What clients may use up.
 *
 * @param concurrentRequests session requests answered at the same time; more get 429, as a live dashboard's do. Probes,
 *                           pages and metrics do not count, so that they still answer when sessions are slow
 * @param connections        open connections; more wait to be accepted
 * @param headerBytes        request line and headers; more is 431
 * @param idle               a connection without traffic is closed after this long, a request being answered excepted
 * @param stop               how long running requests may go on after {@code stop}
 */
public record HttpLimits(int concurrentRequests, int connections, int headerBytes, Duration idle, Duration stop) {

    public static final HttpLimits DEFAULTS =
            new HttpLimits(100, 1_000, 16 * 1024, Duration.ofSeconds(60), Duration.ofSeconds(5));

    public HttpLimits {
        if (concurrentRequests < 1 || connections < 1 || headerBytes < 1024) {
            throw new IllegalArgumentException("limits too small: " + concurrentRequests + " requests, " + connections
                    + " connections, " + headerBytes + " header bytes");
        }
    }
}
