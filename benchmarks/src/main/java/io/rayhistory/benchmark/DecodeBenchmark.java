package io.rayhistory.benchmark;

import io.rayhistory.application.port.EventCodec;
import io.rayhistory.domain.event.RayEvent;
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
import org.openjdk.jmh.infra.Blackhole;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** From the bytes of all event files to events, on one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class DecodeBenchmark {
    private List<byte[]> files;

    @Setup
    public void read(RecordedSession session) {
        files = session.files();
    }

    @Benchmark
    public void decode(Blackhole hole) throws IOException {
        RecordedSession.decode(files, new EventCodec.Sink() {
            @Override
            public void event(RayEvent event) {
                hole.consume(event);
            }

            @Override
            public void damage(EventCodec.Damage damage, String detail) {
                hole.consume(detail);
            }
        });
    }
}
