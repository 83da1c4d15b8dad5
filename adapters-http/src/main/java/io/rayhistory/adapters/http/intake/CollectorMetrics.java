package io.rayhistory.adapters.http.intake;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.rayhistory.application.collect.CollectorFigures;
import io.rayhistory.application.collect.CollectorFigures.Tally;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * A collector's figures as Prometheus reads them. Thread-safe. The registry is made when it is first asked for: most pods
 * are never scraped.
 */
public final class CollectorMetrics implements Supplier<String> {
    /** Pairs of labels, of each kind; what is beyond is counted as {@code other}. */
    private static final int MOST_LABELS = 200;
    private static final String PREFIX = "rayhistory.collector.";

    private final CollectorFigures figures;
    private final InstantSource clock;
    private final Map<String, AtomicLong> tallies = new HashMap<>();
    private PrometheusMeterRegistry registry;

    public CollectorMetrics(CollectorFigures figures, InstantSource clock) {
        this.figures = figures;
        this.clock = clock;
    }

    /** The text for {@code /metrics}. */
    @Override
    public synchronized String get() {
        if (registry == null) {
            registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            register();
        }
        count("store.requests", "operation", figures.storeRequests());
        count("polls", "endpoint", figures.polls());
        return registry.scrape();
    }

    private void register() {
        counter("events.accepted", "events kept", f -> f.events().accepted());
        counter("events.rejected", "events that cannot be used, put into quarantine", f -> f.events().rejected());
        counter("events.duplicate", "events that were kept before already", f -> f.events().duplicates());
        counter("events.untimed", "accepted events without a timestamp", f -> f.events().untimed());
        counter("events.bytes", "bytes of accepted events", f -> f.events().bytes());
        counter("posts", "posts answered with 200", f -> f.events().posts());
        counter("posts.refused", "posts to be sent again (503)", f -> f.events().refused());
        counter("posts.invalid", "posts that are no JSON or end early (400)", f -> f.events().invalid());
        counter("posts.too.large", "posts above the limit (413)", f -> f.events().tooLarge());
        gauge("spool.bytes", "bytes of events that are not in the store", f -> f.spool().unsentBytes());
        gauge("spool.limit.bytes", "how many there may be", f -> f.spool().limitBytes());
        gauge("spool.disk.bytes", "bytes of event files on the disk", f -> f.spool().diskBytes());
        gauge("spool.files", "event files on the disk", f -> f.spool().files());
        gauge("spool.pressure", "1 from 80 % of the limit on", f -> f.spool().underPressure() ? 1 : 0);
        counter("spool.rolled.back", "posts taken back because they could not be written", f -> f.spool().rolledBack());
        counter("spool.rejected.lost", "rejected events that not even the quarantine could keep", f -> f.spool().rejectedLost());
        gauge("oldest.unsent.event.seconds", "age of the oldest event that is not in the store", f -> age(f.oldestUnsentEvent()));
        gauge("oldest.unsent.log.seconds", "age of the oldest log byte that is not in the store", f -> age(f.logs().oldestUnsent()));
        gauge("files.tracked", "log files looked after", f -> f.logs().tracked());
        counter("rotations.archived", "rotated log files kept under a number", f -> f.logs().archived());
        counter("dropped.bytes", "bytes given up; has to stay 0", f -> f.logs().droppedBytes() + f.spool().droppedBytes());
        counter("store.retries", "requests to the store that were made again", CollectorFigures::retries);
    }

    private double age(Optional<Instant> since) {
        return since.map(then -> Math.max(0, Duration.between(then, clock.instant()).toMillis() / 1000.0)).orElse(0.0);
    }

    private void gauge(String name, String help, ToDoubleFunction<CollectorFigures> value) {
        Gauge.builder(PREFIX + name, figures, value).description(help).strongReference(true).register(registry);
    }

    private void counter(String name, String help, ToDoubleFunction<CollectorFigures> value) {
        FunctionCounter.builder(PREFIX + name, figures, value).description(help).register(registry);
    }

    private void count(String name, String subject, List<Tally> now) {
        Map<String, Long> beyond = new HashMap<>();
        for (int i = 0; i < now.size(); i++) {
            Tally tally = now.get(i);
            if (i < MOST_LABELS) {
                count(name, subject, tally.subject(), tally.outcome(), tally.count());
            } else {
                beyond.merge(tally.outcome(), tally.count(), Long::sum);
            }
        }
        beyond.forEach((outcome, count) -> count(name, subject, "other", outcome, count));
    }

    private void count(String name, String subject, String value, String outcome, long count) {
        tallies.computeIfAbsent(name + '\n' + value + '\n' + outcome, key -> {
            AtomicLong counted = new AtomicLong();
            FunctionCounter.builder(PREFIX + name, counted, AtomicLong::get).tag(subject, value).tag("outcome", outcome)
                    .register(registry);
            return counted;
        }).set(count);
    }
}
