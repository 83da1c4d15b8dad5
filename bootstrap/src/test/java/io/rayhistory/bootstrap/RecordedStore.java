package io.rayhistory.bootstrap;

import io.rayhistory.adapters.json.JacksonAnswerCodec;
import io.rayhistory.adapters.json.JacksonEventCodec;
import io.rayhistory.application.port.InMemoryObjectStore;
import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.application.read.HistoryReader;
import io.rayhistory.application.read.ReaderSettings;
import io.rayhistory.application.read.StoredSession;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;

/** The recording ray-2.60-demo in memory, for tests that change it before they load it. */
final class RecordedStore {
    static final String SESSION = "session_2026-11-22_20-21-16_964865_19675";
    static final String HEAD = "5263ab4e58b0b118a9ecbb1b829dcf4eb165494fc261bfd004660e1f";
    static final String BASE = "ray/cluster-history/raycluster/default/demo/" + SESSION + "/";
    private static final String RECORDING = "/recordings/ray-2.60-demo/store.tar.gz";

    private final InMemoryObjectStore store = new InMemoryObjectStore();

    RecordedStore() {
        try (InputStream file = RecordedStore.class.getResourceAsStream(RECORDING);
                TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(file))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                int root = entry.getName().indexOf("ray/cluster-");
                if (entry.isFile() && root >= 0) {
                    store.plant(entry.getName().substring(root), tar.readAllBytes());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    InMemoryObjectStore store() {
        return store;
    }

    List<String> names(Predicate<String> wanted) {
        List<String> names = new ArrayList<>();
        store.list("").forEachRemaining(object -> names.add(object.name()));
        names.removeIf(wanted.negate());
        return names;
    }

    List<String> eventFiles() {
        return names(name -> name.contains("_events/") && !name.contains("/logs/"));
    }

    byte[] bytes(String name) {
        return store.read(name, 0, ObjectStore.TO_END, "", (InputStream stream, ObjectInfo info) ->
                stream.readAllBytes()).orElseThrow();
    }

    void put(String name, byte[] content) {
        store.plant(name, content);
    }

    void append(String name, String text) {
        put(name, (new String(bytes(name), StandardCharsets.UTF_8) + text).getBytes(StandardCharsets.UTF_8));
    }

    /** Keeps the lines of all event files that pass. */
    void keepEvents(Predicate<String> wanted) {
        for (String name : eventFiles()) {
            String kept = new String(bytes(name), StandardCharsets.UTF_8).lines().filter(wanted)
                    .reduce("", (text, line) -> text + line + "\n");
            put(name, kept.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Stores each event file under another name with other bytes. */
    void rewriteEvents(UnaryOperator<String> name, UnaryOperator<byte[]> content) {
        for (String file : eventFiles()) {
            byte[] bytes = bytes(file);
            store.delete(file);
            put(name.apply(file), content.apply(bytes));
        }
    }

    StoredSession load() {
        return load(store);
    }

    static StoredSession load(ObjectStore store) {
        try (HistoryReader reader = reader(store)) {
            return reader.session(reader.sessions().get(0));
        }
    }

    static HistoryReader reader(ObjectStore store) {
        return HistoryReader.open(store, new JacksonEventCodec(), new JacksonAnswerCodec(),
                ReaderSettings.of("ray", () -> Instant.EPOCH));
    }

    /** Everything a history tells, as text that can be compared. */
    static List<String> content(StoredSession session) {
        var history = session.history();
        List<String> rows = new ArrayList<>();
        for (int row = 0; row < history.tasks().size(); row++) {
            var task = history.tasks().get(row);
            rows.add(String.join(" ", task.taskId(), task.attempt() + "", task.name(), task.callName(), task.nodeId(),
                    task.workerId(), task.workerPid() + "", task.errorType(), task.errorMessage(),
                    task.transitions() + "", task.profile() + "", task.logInfo() + "", task.provenance() + ""));
        }
        for (List<?> list : List.of(history.actors(), history.nodes(), history.workers(), history.jobs(),
                history.placementGroups(), history.logEvents())) {
            list.forEach(row -> rows.add(row.toString()));
        }
        return rows;
    }
}
