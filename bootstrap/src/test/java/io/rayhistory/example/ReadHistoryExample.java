package io.rayhistory.example;

import io.rayhistory.adapters.filesystem.DirectoryObjectStore;
import io.rayhistory.adapters.json.JacksonAnswerCodec;
import io.rayhistory.adapters.json.JacksonEventCodec;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.application.read.HistoryReader;
import io.rayhistory.application.read.ReaderSettings;
import io.rayhistory.application.read.StoredSession;
import io.rayhistory.domain.history.Task;
import io.rayhistory.domain.query.Filter;
import io.rayhistory.domain.query.ListQuery;
import io.rayhistory.domain.query.SessionQueries;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** The README's example: what is stored, which tasks failed and why, and one log. */
final class ReadHistoryExample {

    private ReadHistoryExample() {
    }

    static void tell(Path folder, PrintStream out) {
        try (ObjectStore store = new DirectoryObjectStore(folder);
                HistoryReader reader = HistoryReader.open(store, new JacksonEventCodec(), new JacksonAnswerCodec(),
                        ReaderSettings.of("", InstantSource.system()))) {
            reader.sessions().forEach(entry -> out.println(entry.key().session()));
            StoredSession newest = reader.session(reader.sessions().get(0));
            ListQuery failed = new ListQuery(List.of(Filter.of("state", "=", "FAILED")), 100, true);
            for (Task task : new SessionQueries(newest.history()).tasks(failed).rows()) {
                out.println(task.name() + ": " + task.errorType() + " " + task.errorMessage());
            }
            String head = newest.history().nodes().get(0).nodeId();
            newest.logs().find(head, "gcs_server.out").ifPresent(log ->
                    newest.logs().read(log, 0, ObjectStore.TO_END, (stream, info) -> stream.transferTo(out)));
        }
    }
}
