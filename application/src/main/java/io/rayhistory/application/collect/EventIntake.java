package io.rayhistory.application.collect;

import io.rayhistory.application.port.EventSplitter;
import io.rayhistory.application.port.EventSpool;
import io.rayhistory.domain.HistoryException;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Takes what Ray posts into the spool. Ray repeats a refused post for ever and sends nothing else meanwhile, so a post is
 * refused only when that can help: events that cannot be used are put aside, and the others kept.
 *
 * <p>Thread-safe. A post holds one event and its buffers, whatever its size.
 */
public final class EventIntake {
    private final EventSplitter splitter;
    private final EventSpool spool;
    private final IntakeLimits limits;
    private final Semaphore slots;
    private final RecentIds kept;
    private final LongAdder posts = new LongAdder();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final LongAdder duplicates = new LongAdder();
    private final LongAdder untimed = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder invalid = new LongAdder();
    private final LongAdder tooLarge = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final AtomicLong lastPost = new AtomicLong(System.nanoTime());
    private volatile boolean draining;

    public EventIntake(EventSplitter splitter, EventSpool spool, IntakeLimits limits) {
        this.splitter = splitter;
        this.spool = spool;
        this.limits = limits;
        this.slots = new Semaphore(limits.concurrentPosts());
        this.kept = new RecentIds(limits.rememberedIds());
    }

    /**
     * Takes one post. When this returns, its events survive {@code kill -9}; when it throws, none was kept that has to be.
     *
     * @param body      uncompressed
     * @param announced how long it is going to be, -1 if nobody said
     * @throws IOException if the body cannot be read
     * @throws HistoryException INVALID for a body that is no JSON or ends early; TOO_LARGE above the limit; UNAVAILABLE, at
     *         once, when there are too many posts, while draining, or when the spool is full or its disk too slow
     */
    public IntakeReceipt accept(InputStream body, long announced) throws IOException {
        if (draining) {
            refused.increment();
            throw HistoryException.unavailable("the collector is stopping", null);
        }
        if (!slots.tryAcquire()) {
            refused.increment();
            throw HistoryException.unavailable("more than " + limits.concurrentPosts() + " posts at once; try again", null);
        }
        try {
            return take(new PostBody(body, limits.bodyBytes(), announced));
        } catch (HistoryException e) {
            count(e.kind());
            throw e;
        } catch (IOException e) {
            invalid.increment();
            throw e;
        } finally {
            lastPost.set(System.nanoTime());
            slots.release();
        }
    }

    private IntakeReceipt take(InputStream body) throws IOException {
        try (PostedBatch batch = new PostedBatch(spool, this::wasKept)) {
            splitter.split(body, batch);
            RecentIds ids = batch.commit();
            synchronized (kept) {
                kept.addAll(ids);
            }
            IntakeReceipt receipt = batch.receipt();
            posts.increment();
            accepted.add(receipt.accepted());
            rejected.add(receipt.rejected());
            duplicates.add(receipt.duplicates());
            untimed.add(batch.untimed());
            bytes.add(batch.bytes());
            return receipt;
        }
    }

    private boolean wasKept(EventHash id) {
        synchronized (kept) {
            return kept.contains(id);
        }
    }

    private void count(HistoryException.Kind kind) {
        switch (kind) {
            case INVALID, MISSING, CORRUPT -> invalid.increment();
            case TOO_LARGE -> tooLarge.increment();
            case UNAVAILABLE -> refused.increment();
        }
    }

    /** From now on posts are refused; those being read may end. */
    public void drain() {
        draining = true;
    }

    /** Posts being read now. */
    public int running() {
        return limits.concurrentPosts() - slots.availablePermits();
    }

    /** How long no post has been read; zero while one is. Counted from the start if there was none yet. */
    public Duration silence() {
        return running() > 0 ? Duration.ZERO : Duration.ofNanos(Math.max(0, System.nanoTime() - lastPost.get()));
    }

    public IntakeCounts counts() {
        return new IntakeCounts(posts.sum(), accepted.sum(), rejected.sum(), duplicates.sum(), untimed.sum(), bytes.sum(),
                invalid.sum(), tooLarge.sum(), refused.sum());
    }
}
