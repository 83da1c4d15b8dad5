package io.rayhistory.adapters.raydashboard;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;

/**
 * A body as a stream that waits for the next bytes only so long: the JDK's own waits for ever. Holds what came with one
 * read of the socket and asks for more when that is used up. To be read by one thread.
 */
final class StreamedBody extends InputStream implements HttpResponse.BodySubscriber<InputStream> {

    /**
     * @param idle  longest silence
     * @param whole longest time for all of it
     * @param bytes most bytes
     */
    record Limits(Duration idle, Duration whole, long bytes) {
    }

    /** What arrived: buffers, or the end, which has a failure or none. */
    private record Arrival(List<ByteBuffer> parts, boolean last, Throwable failure) {
    }

    private final Limits limits;
    private final Runnable released;
    private final long until;
    private final BlockingQueue<Arrival> arrivals = new ArrayBlockingQueue<>(2); // one asked for, and the end
    private volatile Flow.Subscription subscription;
    private volatile boolean closed;
    private List<ByteBuffer> parts = List.of();
    private int at;
    private long taken;
    private boolean ended;

    /** @param released told once when the stream is closed */
    StreamedBody(Limits limits, Runnable released) {
        this.limits = limits;
        this.released = released;
        this.until = System.nanoTime() + limits.whole().toNanos();
    }

    @Override
    public CompletionStage<InputStream> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        if (closed) {
            given.cancel();
        } else {
            given.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> item) {
        arrivals.offer(new Arrival(item, false, null));
    }

    @Override
    public void onError(Throwable failure) {
        arrivals.offer(new Arrival(List.of(), true, failure));
    }

    @Override
    public void onComplete() {
        arrivals.offer(new Arrival(List.of(), true, null));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        while (at >= parts.size() || !parts.get(at).hasRemaining()) {
            if (at < parts.size() - 1) {
                at++;
            } else if (ended || !next()) {
                return -1;
            }
        }
        ByteBuffer part = parts.get(at);
        int count = Math.min(length, part.remaining());
        part.get(into, offset, count);
        taken += count;
        if (taken > limits.bytes()) {
            throw new IOException("the dashboard's answer has more than " + limits.bytes() + " bytes");
        }
        return count;
    }

    private boolean next() throws IOException {
        if (!parts.isEmpty()) {
            subscription.request(1);
        }
        Arrival arrival;
        long wait = Math.min(limits.idle().toNanos(), until - System.nanoTime());
        try {
            arrival = closed ? null : arrivals.poll(wait, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        if (arrival == null) {
            throw new IOException(closed ? "closed" : until - System.nanoTime() <= 0
                    ? "ended after " + limits.whole() : "the dashboard said nothing for " + limits.idle());
        }
        if (arrival.failure() != null) {
            throw new IOException("the dashboard broke off", arrival.failure());
        }
        parts = arrival.parts();
        at = 0;
        ended = arrival.last();
        return !ended;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        Flow.Subscription given = subscription;
        if (given != null && !ended) {
            given.cancel();
        }
        released.run();
    }
}
