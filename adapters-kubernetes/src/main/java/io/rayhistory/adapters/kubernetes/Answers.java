package io.rayhistory.adapters.kubernetes;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Remembers answers for as long as their kind allows, the {@value #MOST} most recently used. Equal questions at the same
 * time are asked once. When a question cannot be answered, what was granted lately still holds. Thread-safe.
 */
final class Answers<K, A> {
    private static final int MOST = 10_000;

    /** What an answer means for remembering it. */
    enum Worth { GRANTED, REFUSED, UNANSWERED }

    private record Kept<A>(A answer, Worth worth, Instant at) {
    }

    private final Function<A, Worth> worth;
    private final Duration granted;
    private final Duration refused;
    private final Duration grace;
    private final InstantSource clock;
    private final Map<K, Kept<A>> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<K, Kept<A>> eldest) {
            return size() > MOST;
        }
    };
    private final Map<K, CompletableFuture<A>> asking = new HashMap<>();

    /** @param granted how long a grant counts @param refused how long a refusal does @param grace how old a grant may be that stands in for an answer */
    Answers(Function<A, Worth> worth, Duration granted, Duration refused, Duration grace, InstantSource clock) {
        this.worth = worth;
        this.granted = granted;
        this.refused = refused;
        this.grace = grace;
        this.clock = clock;
    }

    /** @param question asked at most once at a time; tells failures by an answer, not by throwing */
    A get(K key, Supplier<A> question) {
        CompletableFuture<A> mine = new CompletableFuture<>();
        CompletableFuture<A> other;
        synchronized (this) {
            Kept<A> known = kept.get(key);
            if (known != null && clock.instant().isBefore(known.at().plus(known.worth() == Worth.GRANTED ? granted : refused))) {
                return known.answer();
            }
            other = asking.putIfAbsent(key, mine);
        }
        return other == null ? ask(key, question, mine) : other.join();
    }

    private A ask(K key, Supplier<A> question, CompletableFuture<A> mine) {
        try {
            A answer = settle(key, question.get());
            mine.complete(answer);
            return answer;
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            synchronized (this) {
                asking.remove(key);
            }
        }
    }

    private synchronized A settle(K key, A answer) {
        Worth value = worth.apply(answer);
        Instant now = clock.instant();
        if (value != Worth.UNANSWERED) {
            kept.put(key, new Kept<>(answer, value, now));
            return answer;
        }
        Kept<A> known = kept.get(key);
        return known != null && known.worth() == Worth.GRANTED && now.isBefore(known.at().plus(grace)) ? known.answer() : answer;
    }
}
