package io.rayhistory.application.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rayhistory.domain.HistoryException;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

class FanInTest {
    private static final Runnable CALM = () -> { };

    private static FanIn.Source<Integer> numbers(int from, int to) {
        return sink -> IntStream.range(from, to).forEach(sink::accept);
    }

    @Test
    void everythingArrivesOnceWhateverTheSizes() {
        long seed = 11;
        Random random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            List<FanIn.Source<Integer>> sources = new ArrayList<>();
            int end = 0;
            for (int i = random.nextInt(9); i > 0; i--) {
                int size = random.nextInt(3 * FanIn.BATCH);
                sources.add(numbers(end, end + size));
                end += size;
            }
            List<Integer> taken = new ArrayList<>();
            FanIn.drain(1 + random.nextInt(4), CALM, sources, taken::add);
            List<Integer> all = IntStream.range(0, end).boxed().toList();
            assertEquals(all, List.copyOf(new TreeSet<>(taken)), "seed " + seed + " round " + round);
            assertEquals(all.size(), taken.size(), "seed " + seed + " round " + round);
            List<Integer> ordered = new ArrayList<>();
            FanIn.drainInOrder(1 + random.nextInt(4), CALM, sources, ordered::add);
            assertEquals(all, ordered, "seed " + seed + " round " + round);
        }
    }

    @Test
    void onlyTheCallingThreadTakes() {
        List<Thread> takers = new ArrayList<>();
        FanIn.drain(3, CALM, List.of(numbers(0, 500), numbers(0, 500)), item -> takers.add(Thread.currentThread()));
        assertEquals(List.of(Thread.currentThread()), takers.stream().distinct().toList());
    }

    @Test
    void nothingToReadIsNothingTaken() {
        FanIn.<Integer>drain(2, CALM, List.of(), item -> {
            throw new AssertionError(item);
        });
    }

    @Test
    void aFailingSourceFailsTheWhole() {
        HistoryException broken = HistoryException.unavailable("disk gone", null);
        FanIn.Source<Integer> failing = sink -> {
            sink.accept(1);
            throw broken;
        };
        assertSame(broken, assertThrows(HistoryException.class,
                () -> FanIn.drain(2, CALM, List.of(numbers(0, 9), failing, numbers(0, 9)), item -> { })));
    }

    @Test
    void aFailingTakerEndsTheReadersThatWaitForRoom() throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(2);
        FanIn.Source<Integer> endless = sink -> {
            try {
                for (int i = 0; ; i++) {
                    sink.accept(i);
                }
            } finally {
                ended.countDown();
            }
        };
        assertThrows(IllegalStateException.class, () -> FanIn.drain(2, CALM, List.of(endless, endless), item -> {
            throw new IllegalStateException("full");
        }));
        ended.await();
    }

    @Test
    void aSourceThatHangsIsLeftWhenTheWatchSaysSo() {
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger looks = new AtomicInteger();
        FanIn.Source<Integer> hanging = sink -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        Runnable watch = () -> {
            if (looks.incrementAndGet() == 3) {
                throw HistoryException.unavailable("too slow", null);
            }
        };
        assertThrows(HistoryException.class, () -> FanIn.drain(1, watch, List.of(hanging), item -> { }));
    }

    @Test
    void readersThatAreAheadWait() throws InterruptedException {
        AtomicInteger yielded = new AtomicInteger();
        List<Integer> atMost = new ArrayList<>();
        FanIn.Source<Integer> counting = sink -> {
            for (int i = 0; i < 50 * FanIn.BATCH; i++) {
                yielded.incrementAndGet();
                sink.accept(i);
            }
        };
        int[] taken = {0};
        FanIn.drain(1, CALM, List.of(counting), item -> {
            taken[0]++;
            atMost.add(yielded.get() - taken[0]);
        });
        int most = atMost.stream().mapToInt(Integer::intValue).max().orElseThrow();
        assertTrue(most <= 5 * FanIn.BATCH, "ahead by " + most);
    }
}
