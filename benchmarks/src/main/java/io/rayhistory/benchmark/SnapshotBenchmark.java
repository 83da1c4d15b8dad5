package io.rayhistory.benchmark;

import io.rayhistory.application.read.snapshot.ImageDecoder;
import io.rayhistory.application.read.snapshot.ImageEncoder;
import io.rayhistory.domain.history.HistoryImage;
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

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;

/** A packed history, to bytes and back. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class SnapshotBenchmark {
    private SessionHistory history;
    private byte[] written;

    @Setup
    public void load(RecordedSession session) {
        history = session.history();
        written = write();
    }

    @Benchmark
    public byte[] write() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 20);
        try (ImageEncoder sink = new ImageEncoder(out)) {
            HistoryImage.write(history, sink);
            sink.finish();
        }
        return out.toByteArray();
    }

    @Benchmark
    public SessionHistory read() {
        ImageDecoder source = new ImageDecoder(new ByteArrayInputStream(written), ForkJoinPool.commonPool(), Long.MAX_VALUE);
        return HistoryImage.read(source);
    }
}
