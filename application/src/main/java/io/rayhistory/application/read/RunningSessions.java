package io.rayhistory.application.read;

import io.rayhistory.application.port.HeadProbe;
import io.rayhistory.application.port.LiveCluster;
import io.rayhistory.application.port.RunningSession;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Which session each live head runs. A head is asked when somebody wants to know and what is known is old: an answer
 * counts for {@link #GOOD}, because a restarted head container keeps its pod's name and address, and is renewed from
 * {@link #RENEW} on; a failure counts for {@link #BAD}. One question at a time to a head, {@value #QUESTIONS} in all; up to
 * {@value #MOST} answers are remembered. Thread-safe.
 */
final class RunningSessions implements AutoCloseable {
    private static final Duration GOOD = Duration.ofSeconds(30);
    private static final Duration RENEW = Duration.ofSeconds(15);
    private static final Duration BAD = Duration.ofSeconds(2);
    private static final int QUESTIONS = 8;
    private static final int MOST = 5_000;

    private record Asked(LiveCluster cluster, RunningSession answer, Instant at, CompletableFuture<RunningSession> asking) {
    }

    private static final class Bounded<K, V> extends LinkedHashMap<K, V> {
        Bounded() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > MOST;
        }
    }

    private final HeadProbe probe;
    private final InstantSource clock;
    private final Map<String, Asked> asked = new Bounded<>();
    private final Map<String, String> ranUnder = new Bounded<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(QUESTIONS, task -> {
        Thread thread = new Thread(task, "head-question");
        thread.setDaemon(true);
        return thread;
    });

    RunningSessions(HeadProbe probe, InstantSource clock) {
        this.probe = probe;
        this.clock = clock;
    }

    /** What is known now. Asks if need be, without waiting. */
    RunningSession now(LiveCluster cluster) {
        ask(cluster);
        synchronized (asked) {
            Asked known = asked.get(key(cluster));
            return known == null ? new RunningSession.NotAsked() : known.answer();
        }
    }

    /** What is known now or within that time. */
    RunningSession within(LiveCluster cluster, Duration longest) {
        CompletableFuture<RunningSession> asking = ask(cluster);
        if (now(cluster) instanceof RunningSession.NotAsked && asking != null) {
            try {
                asking.get(Math.max(0, longest.toMillis()), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
                // then it is not known
            }
        }
        return now(cluster);
    }

    /** True if that session was seen to run in an earlier cluster of the same name. */
    boolean ranEarlier(LiveCluster present, String session) {
        synchronized (asked) {
            String uid = ranUnder.get(name(present) + "/" + session);
            return uid != null && !uid.equals(present.uid());
        }
    }

    private CompletableFuture<RunningSession> ask(LiveCluster cluster) {
        CompletableFuture<RunningSession> question;
        synchronized (asked) {
            Asked known = asked.get(key(cluster));
            if (known != null && !known.cluster().sameHead(cluster)) {
                known = null;
            }
            Instant now = clock.instant();
            if (known != null && (known.asking() != null || now.isBefore(known.at().plus(renewal(known.answer()))))) {
                forgetOld(cluster, known, now);
                return known.asking();
            }
            question = new CompletableFuture<>();
            RunningSession meanwhile = known == null ? new RunningSession.NotAsked() : known.answer();
            asked.put(key(cluster), new Asked(cluster, meanwhile, known == null ? now : known.at(), question));
            forgetOld(cluster, asked.get(key(cluster)), now);
        }
        threads.execute(() -> answer(cluster, question));
        return question;
    }

    private static Duration renewal(RunningSession answer) {
        return answer instanceof RunningSession.Known ? RENEW : BAD;
    }

    private void forgetOld(LiveCluster cluster, Asked known, Instant now) {
        if (known.answer() instanceof RunningSession.Known && !now.isBefore(known.at().plus(GOOD))) {
            asked.put(key(cluster), new Asked(cluster, new RunningSession.NotAsked(), known.at(), known.asking()));
        }
    }

    private void answer(LiveCluster cluster, CompletableFuture<RunningSession> question) {
        RunningSession answer;
        try {
            answer = probe.ask(cluster);
        } catch (RuntimeException e) {
            answer = new RunningSession.Unreachable(e.toString(), clock.instant());
        }
        synchronized (asked) {
            Asked current = asked.get(key(cluster));
            if (current != null && current.asking() == question) { // else the head changed meanwhile
                asked.put(key(cluster), new Asked(cluster, answer, clock.instant(), null));
                if (answer instanceof RunningSession.Known known && !known.session().isEmpty()) {
                    ranUnder.put(name(cluster) + "/" + known.session(), cluster.uid());
                }
            }
        }
        question.complete(answer);
    }

    private static String name(LiveCluster cluster) {
        return cluster.context() + "/" + cluster.cluster().namespace() + "/" + cluster.cluster().name();
    }

    private static String key(LiveCluster cluster) {
        return name(cluster);
    }

    @Override
    public void close() {
        Workers.end(threads);
    }
}
