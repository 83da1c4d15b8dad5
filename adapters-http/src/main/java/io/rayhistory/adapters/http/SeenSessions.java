package io.rayhistory.adapters.http;

import io.javalin.http.Context;
import io.rayhistory.application.port.AccessReview;
import io.rayhistory.application.port.AccessReview.Decision;
import io.rayhistory.application.port.Caller;
import io.rayhistory.domain.id.ClusterRef;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Leaves of a list what the caller may see. Asks at most {@value #AT_ONCE} questions at a time and waits {@link #LONGEST}
 * for each round; what is undecided then is left out and counted in a header. Thread-safe.
 */
final class SeenSessions implements AutoCloseable {
    private static final int AT_ONCE = 16;
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final String PARTIAL = "X-Ray-History-Partial";

    private record Name(String namespace, String cluster) {
    }

    private final Optional<AccessReview> review;
    private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, task -> {
        Thread thread = new Thread(task, "access-question");
        thread.setDaemon(true);
        return thread;
    });

    /** @param review empty if everybody may see everything */
    SeenSessions(Optional<AccessReview> review) {
        this.review = review;
    }

    <R> List<R> of(Context ctx, List<R> rows, Function<R, ClusterRef> cluster) {
        Optional<Caller> caller = AccessGate.caller(ctx);
        if (review.isEmpty()) {
            return rows;
        }
        if (caller.isEmpty()) {
            return List.of();
        }
        if (review.get().maySee(caller.get(), "", "") == Decision.YES) {
            return rows;
        }
        Map<Name, Decision> decided = new HashMap<>(decide(caller.get(), rows.stream()
                .map(row -> new Name(cluster.apply(row).namespace(), "")).distinct().toList()));
        List<Name> closer = rows.stream().map(row -> new Name(cluster.apply(row).namespace(), cluster.apply(row).name())).distinct()
                .filter(name -> decided.get(new Name(name.namespace(), "")) == Decision.NO).toList();
        decided.putAll(decide(caller.get(), closer));
        List<R> seen = new ArrayList<>();
        long undecided = 0;
        for (R row : rows) {
            ClusterRef ref = cluster.apply(row);
            Decision whole = decided.get(new Name(ref.namespace(), ""));
            Decision decision = whole == Decision.NO ? decided.get(new Name(ref.namespace(), ref.name())) : whole;
            if (decision == Decision.YES) {
                seen.add(row);
            } else if (decision == Decision.UNAVAILABLE) {
                undecided++;
            }
        }
        if (undecided > 0) {
            ctx.header(PARTIAL, "hiddenUndecided=" + undecided);
        }
        return seen;
    }

    private Map<Name, Decision> decide(Caller caller, Collection<Name> names) {
        List<Name> asked = List.copyOf(names);
        List<Callable<Decision>> questions = new ArrayList<>();
        asked.forEach(name -> questions.add(() -> review.orElseThrow().maySee(caller, name.namespace(), name.cluster())));
        Map<Name, Decision> decided = new HashMap<>();
        try {
            List<Future<Decision>> answers = threads.invokeAll(questions, LONGEST.toMillis(), TimeUnit.MILLISECONDS);
            for (int i = 0; i < asked.size(); i++) {
                decided.put(asked.get(i), answer(answers.get(i)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            asked.forEach(name -> decided.putIfAbsent(name, Decision.UNAVAILABLE));
        }
        return decided;
    }

    private static Decision answer(Future<Decision> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (CancellationException | ExecutionException e) {
            return Decision.UNAVAILABLE;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
