package io.rayhistory.application.collect;

import io.rayhistory.application.port.EventSpool;
import io.rayhistory.application.port.SpoolUsage;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Gathers the figures of a collector's parts. Thread-safe. */
final class CollectorCounts implements CollectorFigures, UploadMetrics {
    private final EventIntake intake;
    private final EventSpool spool;
    private final Supplier<Optional<LogStats>> logs;
    private final CountedStore store;
    private final Supplier<List<PollCount>> polls;
    private final InstantSource clock;
    private final LongAdder failedUploads = new LongAdder();

    CollectorCounts(EventIntake intake, EventSpool spool, Supplier<Optional<LogStats>> logs, CountedStore store,
                    Supplier<List<PollCount>> polls, InstantSource clock) {
        this.intake = intake;
        this.spool = spool;
        this.logs = logs;
        this.store = store;
        this.polls = polls;
        this.clock = clock;
    }

    @Override
    public IntakeCounts events() {
        return intake.counts();
    }

    @Override
    public SpoolUsage spool() {
        return spool.usage();
    }

    @Override
    public Optional<Instant> oldestUnsentEvent() {
        return spool.oldestUnsent();
    }

    @Override
    public Logs logs() {
        return logs.get().map(stats -> new Logs(stats.files(),
                stats.unsentBytes() == 0 ? Optional.empty() : Optional.of(clock.instant().minus(stats.oldest())), stats.archived(),
                stats.lostBytes())).orElse(Logs.NONE);
    }

    @Override
    public List<Tally> storeRequests() {
        return store.tallies();
    }

    @Override
    public long retries() {
        return failedUploads.sum() + logs.get().map(LogStats::failures).orElse(0L);
    }

    @Override
    public List<Tally> polls() {
        List<Tally> tallies = new ArrayList<>();
        for (PollCount count : polls.get()) {
            tallies.add(new Tally(count.endpoint(), "stored", count.stored()));
            tallies.add(new Tally(count.endpoint(), "unchanged", count.unchanged()));
            tallies.add(new Tally(count.endpoint(), "empty", count.empty()));
            tallies.add(new Tally(count.endpoint(), "refused", count.refused()));
            tallies.add(new Tally(count.endpoint(), "failed", count.failed()));
        }
        return tallies;
    }

    @Override
    public void sent(long plainBytes, long storedBytes) {
        // The store's requests are counted where they are made.
    }

    @Override
    public void failed() {
        failedUploads.increment();
    }

    @Override
    public void adopted() {
        // Nothing was done again.
    }

    @Override
    public void renamed() {
        // Nothing was done again.
    }
}
