package io.rayhistory.adapters.http.history;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rayhistory.adapters.http.api.LogTargets;
import io.rayhistory.adapters.http.api.StoredLog;
import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.read.StoredSession;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.history.Task;
import io.rayhistory.domain.query.LogTarget;
import io.rayhistory.domain.query.SessionQueries;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Where something wrote its output, and its last lines. For one answer. */
final class AttemptLogs {
    static final int MOST_LINES = 400;
    /** Bytes read for the last lines; more is looked at in the log itself. */
    private static final int MOST_BYTES = 64 * 1024;

    /** A raylet dumps its state every minute: hundreds of lines of figures between what it says (Ray: {@code node_manager.cc}). */
    private static final String STATE_DUMP = "[state-dump]";

    /** A part of a file. @param stream {@code out}, {@code err}, {@code driver} or {@code raylet} */
    record Part(String stream, String nodeId, String name, StoredLog log) {
    }

    private final StoredSession session;
    private final LogTargets targets;
    private final SessionQueries queries;

    AttemptLogs(StoredSession session) {
        this.session = session;
        this.targets = new LogTargets(session.logs());
        this.queries = new SessionQueries(session.history());
    }

    /** What an attempt wrote: errors first. */
    List<Part> of(Task task) {
        List<Part> parts = new ArrayList<>();
        add(parts, "err", () -> queries.logsOfTask(task.taskId(), task.attempt(), "err"));
        add(parts, "out", () -> queries.logsOfTask(task.taskId(), task.attempt(), "out"));
        return parts;
    }

    List<Part> ofActor(String actorId) {
        List<Part> parts = new ArrayList<>();
        add(parts, "err", () -> queries.logsOfActor(actorId, "err"));
        add(parts, "out", () -> queries.logsOfActor(actorId, "out"));
        return parts;
    }

    /** The driver's log of a submitted job. */
    List<Part> ofJob(String submissionId) {
        List<Part> parts = new ArrayList<>();
        if (!submissionId.isEmpty()) {
            add(parts, "driver", () -> queries.logsOfSubmission(submissionId));
        }
        return parts;
    }

    /** What the node's raylet said last. */
    List<Part> ofNode(String nodeId) {
        List<Part> parts = new ArrayList<>();
        for (String name : List.of("raylet.err", "raylet.out")) {
            add(parts, "raylet", () -> List.of(new LogTarget(nodeId, name, false, "", 0, Long.MAX_VALUE, false)));
        }
        return parts;
    }

    private void add(List<Part> parts, String stream, Supplier<List<LogTarget>> candidates) {
        try {
            targets.first(candidates.get()).ifPresent(log -> parts.add(part(stream, log)));
        } catch (HistoryException e) {
            if (e.kind() != HistoryException.Kind.MISSING) {
                throw e;
            }
        }
    }

    private Part part(String stream, StoredLog log) {
        for (String node : session.logs().nodes()) {
            for (Map.Entry<String, ObjectInfo> file : session.logs().files(node).entrySet()) {
                if (file.getValue().name().equals(log.file().name())) {
                    return new Part(stream, node, file.getKey(), log);
                }
            }
        }
        return new Part(stream, "", log.file().name(), log);
    }

    void write(JsonGenerator out, String field, List<Part> parts, int lines) throws IOException {
        out.writeArrayFieldStart(field);
        for (Part part : parts) {
            StoredLog log = part.log();
            long end = Math.min(log.end(), log.file().length());
            out.writeStartObject();
            out.writeStringField("stream", part.stream());
            out.writeStringField("nodeId", part.nodeId());
            out.writeStringField("file", part.name());
            out.writeNumberField("size", log.file().length());
            out.writeNumberField("start", log.start());
            out.writeNumberField("end", end);
            out.writeBooleanField("interleaved", log.interleaved());
            out.writeBooleanField("truncated", log.truncated());
            if (lines > 0) {
                lines(out, part, end, lines);
            }
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private void lines(JsonGenerator out, Part part, long end, int lines) throws IOException {
        StoredLog log = part.log();
        boolean dumps = part.stream().equals("raylet");
        long floor = Math.max(log.start(), end - MOST_BYTES);
        long from = dumps ? floor : session.logs().startOfLastLines(log.file(), floor, end, lines);
        byte[] bytes = from >= end ? new byte[0]
                : session.logs().read(log.file(), from, end, (in, file) -> in.readNBytes(MOST_BYTES));
        List<String> said = new ArrayList<>(new String(bytes, StandardCharsets.UTF_8).lines().toList());
        if (dumps) {
            said.removeIf(line -> line.isBlank() || line.contains(STATE_DUMP));
            out.writeNullField("linesStart");
        } else {
            out.writeNumberField("linesStart", from);
        }
        out.writeArrayFieldStart("lines");
        for (String line : said.subList(Math.max(0, said.size() - lines), said.size())) {
            out.writeString(LogLine.cut(line));
        }
        out.writeEndArray();
    }
}
