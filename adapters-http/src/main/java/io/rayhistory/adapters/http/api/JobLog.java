package io.rayhistory.adapters.http.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.application.read.StoredSession;
import io.rayhistory.domain.history.Job;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The output of a submitted job's entrypoint, wherever its driver ran; absent is empty. */
final class JobLog {
    /** Characters of a frame: at most three bytes each in UTF-8, so below 64 KiB. */
    private static final int FRAME = 21_000;

    private JobLog() {
    }

    private static Optional<ObjectInfo> find(StoredSession session, Job job) {
        String name = "job-driver-" + job.submissionId() + ".log";
        Optional<ObjectInfo> expected = session.logs().find(job.driverNodeId(), name);
        return expected.isPresent() ? expected : session.logs().nodes().stream()
                .map(node -> session.logs().find(node, name)).flatMap(Optional::stream).findFirst();
    }

    /** Writes the member {@code logs} with the whole text, however long it is. */
    static void write(StoredSession session, Job job, JsonGenerator out) throws IOException {
        out.writeFieldName("logs");
        Optional<ObjectInfo> file = find(session, job);
        if (file.isEmpty()) {
            out.writeString("");
            return;
        }
        session.logs().read(file.get(), 0, ObjectStore.TO_END, (in, object) -> {
            out.writeString(new InputStreamReader(in, StandardCharsets.UTF_8), -1);
            return true;
        });
    }

    /** Sends the whole text in frames that end with a line where one ends in time. */
    static void send(StoredSession session, Job job, SessionStream.Frames frames) throws IOException {
        Optional<ObjectInfo> file = find(session, job);
        if (file.isPresent()) {
            session.logs().read(file.get(), 0, ObjectStore.TO_END, (in, object) -> {
                cut(new InputStreamReader(in, StandardCharsets.UTF_8), frames);
                return true;
            });
        }
    }

    static void cut(Reader text, SessionStream.Frames frames) throws IOException {
        char[] buffer = new char[FRAME];
        int held = 0;
        int read;
        while ((read = text.read(buffer, held, FRAME - held)) >= 0) {
            held += read;
            if (held < FRAME) {
                continue;
            }
            int end = FRAME;
            while (end > 0 && buffer[end - 1] != '\n') {
                end--;
            }
            if (end == 0) {
                end = Character.isHighSurrogate(buffer[FRAME - 1]) ? FRAME - 1 : FRAME;
            }
            frames.send(new String(buffer, 0, end));
            held -= end;
            System.arraycopy(buffer, end, buffer, 0, held);
        }
        if (held > 0) {
            frames.send(new String(buffer, 0, held));
        }
    }
}
