package io.rayhistory.application.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.HistoryException.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

class LoadedSessionsTest {
    private final FakeSource source = new FakeSource();
    private final SteppedClock clock = new SteppedClock();
    private LoadedSessions sessions = with(1000, 10, Duration.ofMinutes(1));

    private LoadedSessions with(long maxBytes, int maxSessions, Duration loadTimeout) {
        return new LoadedSessions(source, new SessionCacheSettings(maxBytes, maxSessions, Duration.ofMinutes(30),
                loadTimeout, 1, Duration.ofSeconds(30)), clock);
    }

    @AfterEach
    void close() {
        sessions.close();
    }

    private StoredSession open(String name) {
        return sessions.open(FakeSource.entry(name));
    }

    @Test
    void aSecondQuestionIsAHit() {
        StoredSession first = open("a");
        assertSame(first, open("a"));
        SessionHistories.Stats stats = sessions.stats();
        assertEquals(1, stats.loads());
        assertEquals(1, stats.hits());
        assertEquals(1, stats.sessions());
        assertEquals(10, stats.bytes());
    }

    @Test
    void manyCallersShareOneLoad() {
        CountDownLatch gate = source.holdLoads();
        var callers = IntStream.range(0, 20).mapToObj(i -> CompletableFuture.supplyAsync(() -> open("a"),
                work -> new Thread(work).start())).toList();
        source.awaitLoads(1);
        gate.countDown();
        callers.forEach(caller -> assertEquals("a", caller.join().entry().key().session()));
        assertEquals(1, source.loads());
    }

    @Test
    void otherSessionsAndHitsAreNotHeldUpByALoad() {
        open("hit");
        CountDownLatch gate = source.holdLoadsOf("slow");
        CompletableFuture<StoredSession> slow = CompletableFuture.supplyAsync(() -> open("slow"));
        source.awaitLoads(2);
        open("hit");
        open("other");
        gate.countDown();
        assertEquals("slow", slow.join().entry().key().session());
    }

    @Test
    void aRunningLoadTellsHowFarItIs() {
        assertEquals(Optional.empty(), sessions.progress(FakeSource.entry("a")));
        CountDownLatch gate = source.holdLoads();
        CompletableFuture<StoredSession> load = CompletableFuture.supplyAsync(() -> open("a"));
        source.awaitLoads(1);
        assertEquals(Optional.of(new LoadProgress(0, 3, 0, 30, 0)), sessions.progress(FakeSource.entry("a")));
        gate.countDown();
        load.join();
        assertEquals(Optional.empty(), sessions.progress(FakeSource.entry("a")));
    }

    @Test
    void aFailedLoadIsNotRemembered() {
        source.failNext(HistoryException.unavailable("disk gone", null));
        HistoryException failure = assertThrows(HistoryException.class, () -> open("a"));
        assertEquals(Kind.UNAVAILABLE, failure.kind());
        assertEquals("disk gone", failure.getMessage());
        assertEquals(1, sessions.stats().failedLoads());
        open("a");
        assertEquals(1, sessions.stats().loads());
    }

    @Test
    void tooLittleMemoryIsAnAnswerAndNotTheEnd() {
        source.failNext(new OutOfMemoryError("planted"));
        assertEquals(Kind.TOO_LARGE, assertThrows(HistoryException.class, () -> open("a")).kind());
        open("a");
    }

    @Test
    void aDefectIsPassedOnToTheCaller() {
        source.failNext(new IllegalArgumentException("planted"));
        assertEquals("planted", assertThrows(IllegalStateException.class, () -> open("a")).getCause().getMessage());
    }

    @Test
    void aLoadThatTakesTooLongIsGivenUp() {
        sessions = with(1000, 10, Duration.ofSeconds(1));
        CountDownLatch gate = source.holdLoadsOf("a");
        assertEquals(Kind.UNAVAILABLE, assertThrows(HistoryException.class, () -> open("a")).kind());
        gate.countDown();
        source.holdNothing();
        open("a");
        assertEquals(1, sessions.stats().failedLoads());
    }

    @Test
    void theLeastRecentlyUsedOneGoesWhenThereAreTooMany() {
        sessions = with(1000, 2, Duration.ofMinutes(1));
        StoredSession a = open("a");
        open("b");
        open("a");
        open("c");
        assertSame(a, open("a"));
        assertEquals(3, source.loads());
        open("b");
        assertEquals(4, source.loads());
        assertEquals(2, sessions.stats().sessions());
    }

    @Test
    void theLeastRecentlyUsedOneGoesWhenTheyAreTooLarge() {
        sessions = with(25, 10, Duration.ofMinutes(1));
        open("a");
        open("b");
        open("c");
        assertEquals(2, sessions.stats().sessions());
        assertEquals(20, sessions.stats().bytes());
    }

    @Test
    void aSessionLargerThanTheCacheIsKeptAlone() {
        open("a");
        source.weigh(5000);
        StoredSession giant = open("giant");
        assertEquals(1, sessions.stats().sessions());
        assertSame(giant, open("giant"));
    }

    @Test
    void whatNobodyAskedForIsDropped() {
        StoredSession a = open("a");
        clock.advance(Duration.ofMinutes(31));
        assertEquals(0, sessions.stats().sessions());
        assertNotSame(a, open("a"));
    }

    @Test
    void closingEndsTheWaitOfCallers() {
        source.holdLoads();
        CompletableFuture<StoredSession> waiting = CompletableFuture.supplyAsync(() -> open("a"));
        source.awaitLoads(1);
        sessions.close();
        assertThrows(Exception.class, waiting::join);
    }
}
