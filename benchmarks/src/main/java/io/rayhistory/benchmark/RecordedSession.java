package io.rayhistory.benchmark;

import io.rayhistory.adapters.filesystem.DirectoryObjectStore;
import io.rayhistory.adapters.json.JacksonAnswerCodec;
import io.rayhistory.adapters.json.JacksonEventCodec;
import io.rayhistory.application.port.EventCodec;
import io.rayhistory.application.read.HistoryReader;
import io.rayhistory.application.read.ReaderSettings;
import io.rayhistory.domain.event.RayEvent;
import io.rayhistory.domain.history.SessionHistory;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The newest session of a store, in memory as far as a benchmark asks for it. The folder holds {@code cluster-history/}. */
@State(Scope.Benchmark)
public class RecordedSession {
    @Param("samples/hello-session")
    public String folder;

    /** Event files, as they are stored. */
    List<byte[]> files() {
        try (Stream<Path> paths = Files.walk(Path.of(folder))) {
            List<Path> events = paths.filter(Files::isRegularFile).filter(path -> path.toString().contains("_events/")
                    && !path.toString().contains("/logs/")).sorted().toList();
            List<byte[]> files = new ArrayList<>();
            for (Path path : events) {
                files.add(Files.readAllBytes(path));
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Hands every event of some files to a sink; damage is no matter here. */
    static void decode(List<byte[]> files, EventCodec.Sink sink) throws IOException {
        JacksonEventCodec codec = new JacksonEventCodec();
        for (byte[] file : files) {
            codec.decode(new ByteArrayInputStream(file), sink);
        }
    }

    List<RayEvent> events() {
        List<RayEvent> events = new ArrayList<>();
        try {
            decode(files(), new EventCodec.Sink() {
                @Override
                public void event(RayEvent event) {
                    events.add(event);
                }

                @Override
                public void damage(EventCodec.Damage damage, String detail) {
                    throw new IllegalStateException(damage + " " + detail);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return events;
    }

    SessionHistory history() {
        try (DirectoryObjectStore store = new DirectoryObjectStore(Path.of(folder));
                HistoryReader reader = HistoryReader.open(store, new JacksonEventCodec(), new JacksonAnswerCodec(),
                        ReaderSettings.of("", Clock.systemUTC()))) {
            return reader.session(reader.sessions().get(0)).history();
        }
    }
}
