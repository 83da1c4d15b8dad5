package io.rayhistory.adapters.azureblob;

import com.azure.storage.blob.models.BlobStorageException;
import io.rayhistory.domain.HistoryException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

final class FreshGrantsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private final HistoryException refusal = HistoryException.unavailable("no role.", null);
    private final HistoryException noRecord = HistoryException.unavailable("no token: AADSTS700213: No matching federated identity record found.", null);
    private final AtomicInteger trials = new AtomicInteger();
    private volatile RuntimeException outcome = noRecord;
    private FreshGrants grants = grants(Duration.ofSeconds(12));

    @AfterEach
    void close() {
        grants.close();
    }

    private FreshGrants grants(Duration patience) {
        return new FreshGrants(patience, () -> {
            trials.incrementAndGet();
            if (outcome != null) {
                throw outcome;
            }
        }, () -> NOW);
    }

    private boolean waits() {
        try {
            grants.requireNotWaiting();
            return false;
        } catch (HistoryException e) {
            return true;
        }
    }

    private void awaitEnd() throws InterruptedException {
        for (int i = 0; i < 3_000 && waits(); i++) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        assertTrue(!waits(), "still waits");
    }

    @Test
    void callsFailAtOnceWhileItIsTriedAgain() {
        HistoryException told = grants.refused(refusal);
        assertEquals("no role. Waiting for it, in case it was given just now: tried again until 2026-11-22T12:00:12Z.", told.getMessage());
        assertEquals(told.getMessage(), assertThrows(HistoryException.class, grants::requireNotWaiting).getMessage());
        assertEquals(told.getMessage(), grants.refused(refusal).getMessage());
    }

    @Test
    void whatWorksAfterAWhileEndsTheWaiting() throws InterruptedException {
        grants.refused(refusal);
        while (trials.get() < 3) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        outcome = null;
        awaitEnd();
        assertSame(refusal, grants.refused(refusal), "only the start has patience");
    }

    @Test
    void anotherFailureEndsTheWaitingForTheNextCallToTell() throws InterruptedException {
        outcome = HistoryException.unavailable("no token: AADSTS700016: no such app", null);
        grants.refused(refusal);
        awaitEnd();
        assertEquals(1, trials.get());
    }

    @Test
    void afterItsTimeARefusalIsOne() throws InterruptedException {
        grants = grants(Duration.ofMillis(400));
        grants.refused(refusal);
        awaitEnd();
        assertTrue(trials.get() > 3, "tried " + trials);
        assertSame(refusal, grants.refused(refusal));
    }

    @Test
    void whoeverHasBeenLetInIsRefusedAtOnce() {
        grants.worked();
        assertSame(refusal, grants.refused(refusal));
        grants.requireNotWaiting();
        assertEquals(0, trials.get());
    }

    @Test
    void onlyMissingRolesAndFederatedCredentialsAreWaitedFor() {
        assertTrue(AzureErrors.isFreshGrant(noRecord));
        assertTrue(AzureErrors.isFreshGrant(new IllegalStateException(noRecord)));
        assertTrue(!AzureErrors.isFreshGrant(HistoryException.unavailable("no token: AADSTS700016: no such app", null)));
        assertTrue(!AzureErrors.isFreshGrant(new IllegalStateException("AADSTS70021")));
        assertTrue(!AzureErrors.isFreshGrant(new BlobStorageException("", null, null)));
    }
}
