package io.rayhistory.application.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.rayhistory.domain.HistoryException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

class SessionRefreshTest {
    private final FakeSource source = new FakeSource();
    private final SteppedClock clock = new SteppedClock();
    private final ExecutorService refresher = Executors.newSingleThreadExecutor();
    private final LoadedSessions sessions = new LoadedSessions(source, new SessionCacheSettings(1000, 10,
            Duration.ofMinutes(30), Duration.ofMinutes(1), 1, Duration.ofSeconds(30)), clock,
            refresher);

    @AfterEach
    void close() {
        sessions.close();
    }

    private StoredSession open() {
        return sessions.open(FakeSource.entry("a"));
    }

    /** Lets the next hit look for news, and waits until it has looked. */
    private StoredSession openAfterNews(int looksBefore) {
        clock.advance(Duration.ofMinutes(1));
        StoredSession stale = open();
        source.awaitLooks(looksBefore + 1);
        CompletableFuture.runAsync(() -> { }, refresher).join();
        return stale;
    }

    @Test
    void youngKnowledgeIsNotCheckedAgain() {
        open();
        open();
        assertEquals(1, source.looks());
    }

    @Test
    void anUnchangedSessionStays() {
        StoredSession first = open();
        openAfterNews(1);
        assertSame(first, open());
        assertEquals(1, source.loads());
    }

    @Test
    void aGrownSessionIsLoadedAgainBehindTheReadersBack() {
        StoredSession first = open();
        source.addEventFile("more");
        assertSame(first, openAfterNews(1));
        assertNotSame(first, open());
        assertEquals(2, source.loads());
    }

    @Test
    void aNewLogFileAloneOnlyRenewsTheListOfLogs() {
        StoredSession first = open();
        source.addLog("raylet.out");
        openAfterNews(1);
        assertNotSame(first, open());
        assertEquals(1, source.loads());
        assertEquals(1, source.relists());
    }

    @Test
    void aLogThatIsEvidenceIsReadAgain() {
        open();
        source.addLog("events/event_GCS.log");
        openAfterNews(1);
        assertEquals(2, source.loads());
    }

    @Test
    void whileTheStoreIsDownTheOldStateIsServed() {
        StoredSession first = open();
        source.failNext(HistoryException.unavailable("disk gone", null));
        openAfterNews(1);
        assertSame(first, open());
    }

    @Test
    void aSessionThatIsGoneIsDropped() {
        open();
        source.failNext(HistoryException.missing("deleted"));
        openAfterNews(1);
        assertEquals(0, sessions.stats().sessions());
    }
}
