package io.rayhistory.application.collect;

import io.rayhistory.application.collect.PollCount.Outcome;
import io.rayhistory.application.port.DashboardCodec;
import io.rayhistory.application.port.DashboardCodec.JobRow;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.application.port.RayDashboard;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.id.SessionName;
import io.rayhistory.domain.layout.EndpointKey;
import io.rayhistory.domain.layout.StorageLayout;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Copies answers of the head's dashboard into the store: some once for each session, the others again and again. What is
 * stored stays until a better answer comes: errors never replace it, nor do empty bodies, nor a list of Serve applications
 * that is empty because Serve is already gone. A body equal to the one stored is not stored again.
 *
 * <p>{@link #tick} and {@link #lastRound} may be called by different threads; they wait for each other.
 */
final class EndpointCollection {
    private static final System.Logger LOG = System.getLogger(EndpointCollection.class.getName());
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    /** One endpoint that hangs must not use up the time of all at the end. */
    private static final Duration LAST_TIMEOUT = Duration.ofSeconds(4);
    private static final Duration PATIENCE_WITH_RUNNING = Duration.ofSeconds(5);
    private static final Duration SHORT_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONG_PAUSE = Duration.ofSeconds(60);
    private static final Duration AFTER_REFUSAL = Duration.ofMinutes(5);
    /** As many requests in a row without an answer say that nobody is there. */
    private static final int SILENCE = 2;

    private final RayDashboard dashboard;
    private final DashboardCodec codec;
    private final ObjectStore store;
    private final StorageLayout layout;
    private final SessionRecords records;
    private final EndpointSettings settings;
    private final InstantSource clock;
    private final ReentrantLock round = new ReentrantLock();
    private final Map<String, PollCount> counts = new TreeMap<>();
    private final Map<String, Trouble> troubles = new TreeMap<>();
    private EndpointMemory memory;
    private Instant next = Instant.MIN;
    private volatile boolean stopping;

    EndpointCollection(RayDashboard dashboard, DashboardCodec codec, ObjectStore store, StorageLayout layout, SessionRecords records,
            EndpointSettings settings, InstantSource clock) {
        this.dashboard = dashboard;
        this.codec = codec;
        this.store = store;
        this.layout = layout;
        this.records = records;
        this.settings = settings;
        this.clock = clock;
    }

    /** Does what is due for the current session; to be called every second or so. */
    void tick(CollectedNode node) {
        round.lock();
        try {
            remember(node);
            once(TIMEOUT);
            if (!settings.onlyAtTheEnd() && !clock.instant().isBefore(next)) {
                next = clock.instant().plus(settings.interval());
                boolean heard = everyRound(TIMEOUT, Long.MAX_VALUE, false);
                if (!heard) {
                    Instant soon = clock.instant().plus(SHORT_PAUSE);
                    next = soon.isBefore(next) ? soon : next;
                }
            }
        } finally {
            round.unlock();
        }
    }

    /** The last look before the dashboard dies, within a time. A round that is under way ends after its request. */
    void lastRound(CollectedNode node, Duration budget) {
        long deadline = System.nanoTime() + budget.toNanos();
        stopping = true;
        try {
            if (!round.tryLock(Math.min(budget.toMillis(), PATIENCE_WITH_RUNNING.toMillis()), TimeUnit.MILLISECONDS)) {
                LOG.log(System.Logger.Level.WARNING, "the dashboard is still answering an earlier request: no last look at it");
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        try {
            remember(node);
            once(LAST_TIMEOUT);
            everyRound(LAST_TIMEOUT, deadline, true);
        } finally {
            round.unlock();
        }
    }

    /** A snapshot, by endpoint. */
    List<PollCount> counts() {
        synchronized (counts) {
            return List.copyOf(counts.values());
        }
    }

    /** Why the dashboard is of no use, {@code ""} if it is: nobody there, or it does not let us in. */
    String trouble() {
        synchronized (counts) {
            return troubles.values().stream().filter(Trouble::serious).map(Trouble::text).findFirst().orElse("");
        }
    }

    /** @param serious unlike an endpoint that this Ray does not have, or that fails alone */
    private record Trouble(String text, boolean serious) {
    }

    private void remember(CollectedNode node) {
        if (memory == null || !memory.session().equals(node.key())) {
            memory = new EndpointMemory(node.key());
            next = Instant.MIN;
        }
    }

    private void once(Duration timeout) {
        for (String target : EndpointSettings.ONCE) {
            String key = EndpointKey.of(target);
            if (!memory.holds(key) && memory.due(target, clock.instant())) {
                Outcome outcome = poll(target, target, timeout, false, this::learn);
                if (outcome != Outcome.STORED && memory.due(target, clock.instant())) {
                    memory.pauseLonger(target, clock.instant(), SHORT_PAUSE, LONG_PAUSE);
                }
            }
        }
    }

    /** Answers whether the dashboard answered anything. */
    private boolean everyRound(Duration timeout, long deadline, boolean last) {
        int silent = 0;
        boolean heard = false;
        for (String target : settings.everyRound()) {
            Duration left = left(timeout, deadline);
            if (left.isZero() || silent == SILENCE || stopping && !last) {
                return heard;
            }
            if (last || memory.due(target, clock.instant())) {
                Outcome outcome = poll(target, target, left, last,
                        target.equals(EndpointSettings.JOBS) ? (key, answer) -> datasets(answer, timeout, deadline, last) : (key, answer) -> { });
                silent = outcome == Outcome.FAILED ? silent + 1 : 0;
                heard |= outcome != Outcome.FAILED;
            }
        }
        return heard;
    }

    private static Duration left(Duration timeout, long deadline) {
        if (deadline == Long.MAX_VALUE) {
            return timeout;
        }
        long nanos = Math.max(0, Math.min(timeout.toNanos(), deadline - System.nanoTime()));
        return nanos < 1_000_000 ? Duration.ZERO : Duration.ofNanos(nanos);
    }

    /** What else an answer is good for, stored or not. */
    private interface Use {
        void of(String key, RayDashboard.Answer answer) throws IOException;
    }

    /** @param label names the endpoint in figures and messages: the same for all jobs, for else each would be news */
    private Outcome poll(String target, String label, Duration timeout, boolean last, Use use) {
        Outcome outcome = Outcome.FAILED;
        String trouble = "";
        boolean serious = false;
        try (RayDashboard.Answer answer = dashboard.get(target, timeout)) {
            if (answer.status() != 200) {
                outcome = Outcome.REFUSED;
                trouble = dashboard.describe() + label + " answers " + answer.status() + Refusals.advice(answer.status());
                serious = Refusals.isOne(answer.status());
                if (serious) {
                    memory.pause(target, clock.instant(), AFTER_REFUSAL);
                }
            } else {
                String key = EndpointKey.of(target);
                outcome = keep(key, target, answer, last);
                use.of(key, answer);
            }
        } catch (HistoryException e) {
            trouble = e.getMessage();
            serious = true;
            if (e.kind() == HistoryException.Kind.INVALID) {
                memory.pause(target, clock.instant(), AFTER_REFUSAL);
            }
        } catch (IOException e) {
            trouble = dashboard.describe() + label + ": " + e.getMessage();
        }
        settle(label, outcome, trouble, serious);
        return outcome;
    }

    private Outcome keep(String key, String target, RayDashboard.Answer answer, boolean last) throws IOException {
        boolean datasets = target.startsWith(EndpointSettings.DATASETS);
        if (answer.length() == 0 || last && target.equals(EndpointSettings.SERVE) && lacks("applications", answer)
                || datasets && lacks("datasets", answer)) {
            return Outcome.EMPTY;
        }
        if (memory.holds(key, answer.sha256())) {
            return Outcome.UNCHANGED;
        }
        try (InputStream body = answer.open()) {
            store.put(layout.endpoint(memory.session(), key), body);
        }
        memory.store(key, answer.sha256());
        return Outcome.STORED;
    }

    /** What cannot be understood is not empty. */
    private boolean lacks(String member, RayDashboard.Answer answer) throws IOException {
        try (InputStream body = answer.open()) {
            return codec.lacks(member, body);
        } catch (HistoryException e) {
            return false;
        }
    }

    private void datasets(RayDashboard.Answer jobs, Duration timeout, long deadline, boolean last) throws IOException {
        List<JobRow> rows;
        try (InputStream body = jobs.open()) {
            rows = codec.jobs(body);
        }
        for (JobRow job : rows) {
            Duration left = left(timeout, deadline);
            if (left.isZero() || stopping && !last) {
                return;
            }
            if (SessionName.isSafe(job.jobId()) && memory.wantsDatasets(job.jobId(), last)) {
                String target = EndpointSettings.DATASETS + job.jobId();
                Outcome outcome = poll(target, EndpointSettings.DATASETS + "{job}", left, last, (key, answer) -> { });
                if (outcome == Outcome.STORED || outcome == Outcome.UNCHANGED || outcome == Outcome.EMPTY) {
                    memory.sawDatasets(job.jobId(), job.status(), outcome != Outcome.EMPTY);
                }
            }
        }
    }

    private void learn(String key, RayDashboard.Answer answer) throws IOException {
        try (InputStream body = answer.open()) {
            records.learn(memory.session(), codec.fields(body));
        } catch (HistoryException e) {
            LOG.log(System.Logger.Level.DEBUG, "nothing to learn from " + key, e);
        }
    }

    private void settle(String label, Outcome outcome, String trouble, boolean serious) {
        Trouble before;
        synchronized (counts) {
            counts.merge(label, PollCount.of(label, outcome), PollCount::plus);
            before = trouble.isEmpty() ? troubles.remove(label) : troubles.put(label, new Trouble(trouble, serious));
        }
        if (!trouble.isEmpty() && (before == null || !before.text().equals(trouble))) {
            LOG.log(System.Logger.Level.INFO, "not stored: {0}", trouble);
        }
    }
}
