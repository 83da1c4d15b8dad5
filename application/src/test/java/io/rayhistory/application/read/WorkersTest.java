package io.rayhistory.application.read;

import org.junit.jupiter.api.Test;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

import static org.junit.jupiter.api.Assertions.assertTrue;

class WorkersTest {
    /** Otherwise a snapshot was written into a folder that was being removed, and the folder stayed. */
    @Test
    void nothingIsUnderWayOnceTheyHaveEnded() throws InterruptedException {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean written = new AtomicBoolean();
        threads.execute(() -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException givenUp) {
                long until = System.nanoTime() + 50_000_000; // cleaning up takes a moment
                while (System.nanoTime() < until) {
                    Thread.onSpinWait();
                }
                written.set(true);
            }
        });
        begun.await();

        Workers.end(threads);

        assertTrue(written.get());
    }
}
