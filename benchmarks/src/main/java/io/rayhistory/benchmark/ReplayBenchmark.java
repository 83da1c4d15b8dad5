package io.rayhistory.benchmark;

import io.rayhistory.domain.event.RayEvent;
import io.rayhistory.domain.history.Replay;
import io.rayhistory.domain.history.SessionHistory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** From decoded events to a history, on one thread. The events are held, so a large session needs a large heap. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ReplayBenchmark {
    private List<RayEvent> events;

    @Setup
    public void decode(RecordedSession session) {
        events = session.events();
    }

    @Benchmark
    public SessionHistory replay() {
        Replay replay = new Replay("session_benchmark");
        events.forEach(replay::add);
        return replay.freeze();
    }
}
