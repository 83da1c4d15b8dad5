package io.rayhistory.benchmark;

import io.rayhistory.domain.history.SessionHistory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;

/** A whole load from a folder in a warmed-up process: listing, reading, decoding, replay, on as many threads as a server uses. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 10)
@Measurement(iterations = 10)
@Fork(1)
public class LoadBenchmark {
    @Benchmark
    public SessionHistory load(RecordedSession session) {
        return session.history();
    }
}
