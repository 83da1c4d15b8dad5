package io.rayhistory.application.read;

import io.rayhistory.domain.HistoryException;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

final class RecentListingTest {
    private final AtomicInteger listed = new AtomicInteger();
    private volatile boolean broken;
    private volatile Duration takes = Duration.ZERO;
    private volatile Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private final RecentListing recent = new RecentListing(() -> {
        if (broken) {
            throw HistoryException.unavailable("away", null);
        }
        now = now.plus(takes);
        return new SessionCatalog.Listing(List.of(), List.of(new SessionCatalog.DamagedEntry("listing " + listed.incrementAndGet(), "")));
    }, () -> now);

    private int seen() {
        return Integer.parseInt(recent.get().damaged().get(0).objectName().substring(8));
    }

    @Test
    void aFreshListingIsUsedAsItIs() {
        assertEquals(1, seen());
        now = now.plus(RecentListing.FRESH);
        assertEquals(1, seen());
        assertEquals(1, listed.get());
    }

    @Test
    void anOlderOneIsAnsweredAndRenewedBehind() throws InterruptedException {
        assertEquals(1, seen());
        now = now.plus(RecentListing.FRESH).plusMillis(1);
        assertEquals(1, seen());
        for (int i = 0; i < 1_000 && listed.get() < 2; i++) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        for (int i = 0; i < 1_000 && seen() < 2; i++) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertEquals(2, seen());
        assertEquals(2, listed.get());
    }

    @Test
    void aListingThatTakesLongIsUsedLonger() {
        takes = Duration.ofSeconds(20);
        assertEquals(1, seen());
        assertEquals(1, seen());
        now = now.plusSeconds(60);
        assertEquals(1, seen());
    }

    @Test
    void anOldOneIsNotAnswered() {
        assertEquals(1, seen());
        now = now.plus(RecentListing.USABLE).plusMillis(1);
        assertEquals(2, seen());
        now = now.minus(Duration.ofDays(1));
        assertEquals(3, seen(), "a clock that was set back");
    }

    @Test
    void aStoreThatIsAwayIsNoEmptyList() {
        broken = true;
        assertThrows(HistoryException.class, recent::get);
        broken = false;
        assertEquals(1, seen());
        broken = true;
        now = now.plus(RecentListing.USABLE).plusMillis(1);
        assertThrows(HistoryException.class, recent::get);
    }
}
