package io.rayhistory.adapters.azureblob;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Slows down when the service asks for it. The client ignores {@code Retry-After}; here a throttling answer shuts a gate
 * for all requests until then, and halves how many may run at once. One comes back every ten seconds. Thread-safe.
 */
final class Pace implements HttpPipelinePolicy {
    /** Context key of an {@link AtomicInteger} that counts the tries of a call. */
    static final String TRIES = "rayhistory-tries";
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
    private static final long RECOVERY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final InstantSource clock;
    private final Permits permits;
    private final int most;
    private int allowed;
    private long changedNanos;
    private volatile long opensNanos = System.nanoTime();
    private volatile String refusal = "";

    Pace(int most, InstantSource clock) {
        this.most = most;
        this.allowed = most;
        this.permits = new Permits(most);
        this.clock = clock;
    }

    /** What the service said when it last asked to slow down, if the gate is still shut; else {@code ""}. */
    String refusal() {
        return pauseNanos() > 0 ? refusal : "";
    }

    /** Waits for one of the requests that may run at once; answers false after {@code patience}. */
    boolean enter(Duration patience) throws InterruptedException {
        recover();
        return permits.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    void leave() {
        permits.release();
    }

    @Override
    public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
        return Mono.defer(() -> {
            count(context);
            return Mono.delay(Duration.ofNanos(Math.max(0, pauseNanos()))).then(Mono.defer(next::process)).doOnNext(this::listen);
        });
    }

    @Override
    public HttpResponse processSync(HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
        count(context);
        try {
            TimeUnit.NANOSECONDS.sleep(pauseNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the service", e);
        }
        HttpResponse response = next.processSync();
        listen(response);
        return response;
    }

    private static void count(HttpPipelineCallContext context) {
        context.getData(TRIES).ifPresent(tries -> ((AtomicInteger) tries).incrementAndGet());
    }

    private long pauseNanos() {
        return opensNanos - System.nanoTime();
    }

    private void listen(HttpResponse response) {
        int status = response.getStatusCode();
        if (status != 429 && status != 503) {
            return;
        }
        synchronized (this) {
            int half = Math.max(1, allowed / 2);
            permits.reduce(allowed - half);
            allowed = half;
            changedNanos = System.nanoTime();
            refusal = status + " " + response.getHeaderValue(HttpHeaderName.fromString("x-ms-error-code"));
            long pause = retryAfter(response.getHeaderValue(HttpHeaderName.RETRY_AFTER)).toNanos();
            if (pause > pauseNanos()) {
                opensNanos = System.nanoTime() + pause;
            }
        }
    }

    /** The header's pause: seconds or a date, at most a minute; zero if there is none. */
    Duration retryAfter(String header) {
        String text = header == null ? "" : header.strip();
        Duration pause = Duration.ZERO;
        if (text.matches("\\d{1,9}")) {
            pause = Duration.ofSeconds(Long.parseLong(text));
        } else if (!text.isEmpty()) {
            try {
                pause = Duration.between(clock.instant(), DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
            } catch (DateTimeParseException e) {
                return Duration.ZERO;
            }
        }
        return pause.isNegative() ? Duration.ZERO : pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    private synchronized void recover() {
        while (allowed < most && System.nanoTime() - changedNanos >= RECOVERY_NANOS) {
            changedNanos += RECOVERY_NANOS;
            allowed++;
            permits.release();
        }
    }

    /** How many requests may run at once now. */
    synchronized int allowed() {
        recover();
        return allowed;
    }

    private static final class Permits extends Semaphore {
        private static final long serialVersionUID = 1;

        Permits(int count) {
            super(count, true);
        }

        void reduce(int by) {
            reducePermits(by);
        }
    }
}
