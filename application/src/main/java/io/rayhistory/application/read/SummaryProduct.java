package io.rayhistory.application.read;

import io.rayhistory.domain.HistoryException;

import java.lang.System.Logger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Writes the figures of ended sessions into the session index, and now and then puts them into their days. A store that
 * takes nothing, such as one that is mounted read-only, is told of once and left alone for a while. For one thread.
 */
final class SummaryProduct implements EndedSession.Product {
    private static final Logger LOG = System.getLogger(SummaryProduct.class.getName());
    private static final Duration PAUSE = Duration.ofMinutes(10);
    private static final Duration BETWEEN_MERGES = Duration.ofMinutes(1);

    private final IndexObjects objects;
    private final SummaryIndex index;
    private final IndexMerger merger;
    private final FailureReports failures;
    private final InstantSource clock;
    private Instant writesAgain = Instant.MIN;
    private Instant mergesAgain = Instant.MIN;
    private boolean warned;

    SummaryProduct(IndexObjects objects, SummaryIndex index, FailureReports failures, InstantSource clock) {
        this.objects = objects;
        this.index = index;
        this.merger = new IndexMerger(objects, clock);
        this.failures = failures;
        this.clock = clock;
    }

    @Override
    public void store(EndedSession ended) {
        Instant now = clock.instant();
        IndexedSession known = index.find(List.of(ended.entry().key())).get(ended.entry().key());
        boolean there = known != null && known.fingerprint().equals(ended.fingerprint());
        if (there || now.isBefore(writesAgain)) {
            return;
        }
        StoredSession session = ended.loaded().session();
        try {
            objects.add(new IndexedSession(ended.entry().key(), ended.fingerprint(), now.toEpochMilli(),
                    SessionSummary.of(session, failures.of(session))));
            if (!now.isBefore(mergesAgain)) {
                mergesAgain = now.plus(BETWEEN_MERGES);
                merger.mergeDue();
            }
            warned = false;
        } catch (HistoryException e) {
            writesAgain = now.plus(PAUSE);
            LOG.log(warned ? Logger.Level.DEBUG : Logger.Level.WARNING, () -> "The session index cannot be written now, so lists will "
                    + "lack the figures of sessions that are not in memory: " + e.getMessage());
            warned = true;
        } finally {
            index.changed();
        }
    }
}
