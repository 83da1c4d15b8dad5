package io.rayhistory.adapters.http.history;

import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.http.Context;
import io.rayhistory.adapters.http.json.JsonAnswers;
import io.rayhistory.application.read.FailureReports;
import io.rayhistory.application.read.StoredSession;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.failure.ActivityStrip;
import io.rayhistory.domain.failure.FailureGroup;
import io.rayhistory.domain.failure.FailureReport;
import io.rayhistory.domain.history.SessionHistory;
import io.rayhistory.domain.history.Task;
import io.rayhistory.domain.query.Slice;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Why a session failed: the causes in order, and the attempts of one. */
final class FailuresApi {
    private static final int ATTEMPTS = 20;
    private static final int EXCERPT = 40;
    private static final int LAST_WORDS = 20;

    private final FailureReports failures;
    private final TasksApi tasks;

    FailuresApi(FailureReports failures, TasksApi tasks) {
        this.failures = failures;
        this.tasks = tasks;
    }

    void register(Requests requests) {
        requests.loaded("/failures", this::list);
        requests.fresh("/failures/{key}", this::group);
        requests.fresh("/failures/{key}/attempts", this::attempts);
    }

    private void list(Context ctx, StoredSession session) throws IOException {
        FailureReport report = failures.of(session);
        JsonAnswers.send(ctx, 200, out -> {
            out.writeStartObject();
            FactsJson.outcome(out, session, report);
            out.writeArrayFieldStart("groups");
            for (FailureGroup group : report.groups()) {
                GroupJson.write(out, group, session.history());
            }
            out.writeEndArray();
            out.writeObjectFieldStart("unfinished");
            out.writeNumberField("attempts", report.unfinished());
            out.writeEndObject();
            out.writeNumberField("merged", report.merged());
            strip(out, report.strip());
            Out.ms(out, "recordEndMs", session.history().recordEndNs() / 1_000_000);
            out.writeEndObject();
        });
    }

    private static void strip(JsonGenerator out, ActivityStrip strip) throws IOException {
        out.writeObjectFieldStart("strip");
        out.writeNumberField("fromMs", strip.fromMs());
        out.writeNumberField("toMs", strip.toMs());
        out.writeNumberField("bucketMs", strip.spanMs());
        numbers(out, "active", strip.active());
        numbers(out, "failed", strip.failed());
        out.writeArrayFieldStart("deaths");
        for (ActivityStrip.Death death : strip.deaths()) {
            out.writeStartObject();
            out.writeNumberField("ms", death.ms());
            out.writeStringField("kind", death.kind().name().toLowerCase(Locale.ROOT));
            out.writeStringField("title", death.title());
            out.writeStringField("group", death.key());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void numbers(JsonGenerator out, String field, List<Integer> numbers) throws IOException {
        out.writeArrayFieldStart(field);
        for (int number : numbers) {
            out.writeNumber(number);
        }
        out.writeEndArray();
    }

    private FailureGroup find(Context ctx, StoredSession session) {
        String key = ctx.pathParam("key");
        return failures.of(session).group(key).orElseThrow(() -> HistoryException.missing("no group of failures has the key '"
                + key.replaceAll("\\p{Cntrl}", "?") + "' in this session: expected one that /failures tells"));
    }

    private void group(Context ctx, StoredSession session) throws IOException {
        FailureGroup group = find(ctx, session);
        AttemptLogs logs = new AttemptLogs(session);
        JsonAnswers.send(ctx, 200, out -> {
            out.writeStartObject();
            out.writeFieldName("group");
            GroupJson.write(out, group, session.history());
            logs.write(out, "lastWords", lastWords(group, logs), LAST_WORDS);
            out.writeEndObject();
        });
    }

    private static List<AttemptLogs.Part> lastWords(FailureGroup group, AttemptLogs logs) {
        return switch (group.kind()) {
            case NODE, MEMORY -> logs.ofNode(group.subject().nodeId());
            case JOB -> logs.ofJob(group.subject().jobId());
            case ACTOR -> logs.ofActor(group.subject().actorId());
            case EXCEPTION, ERROR -> List.of();
        };
    }

    private void attempts(Context ctx, StoredSession session) throws IOException {
        Asked asked = new Asked(ctx);
        FailureGroup group = find(ctx, session);
        SessionHistory history = session.history();
        List<Integer> rows = group.victims().rows();
        Slice<Integer> slice = Slice.of(rows, row -> AttemptJson.idOf(history.tasks().get(row)), group.key(),
                asked.limit(ATTEMPTS), asked.cursor());
        int selected = selected(asked.text("a"), rows, slice, history);
        FailureReport report = failures.of(session);
        AttemptLogs logs = new AttemptLogs(session);
        JsonAnswers.send(ctx, 200, out -> {
            out.writeStartObject();
            out.writeFieldName("group");
            GroupJson.write(out, group, history);
            out.writeArrayFieldStart("rows");
            for (int row : slice.rows()) {
                out.writeStartObject();
                AttemptJson.row(out, row, session, report);
                history(out, history, history.tasks().get(row));
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeFieldName("selected");
            if (selected < 0) {
                out.writeNull();
            } else {
                out.writeStartObject();
                tasks.detailed(out, selected, session, logs, EXCERPT);
                out.writeEndObject();
            }
            Rows.end(out, slice, rows.size(), session);
        });
    }

    /** The attempt that was asked for, else the first one shown; -1 when there is none. */
    private static int selected(String asked, List<Integer> rows, Slice<Integer> slice, SessionHistory history) {
        if (asked.isEmpty()) {
            return slice.rows().isEmpty() ? -1 : slice.rows().get(0);
        }
        return rows.stream().filter(row -> AttemptJson.idOf(history.tasks().get(row)).equals(asked)).findFirst()
                .orElseThrow(() -> Asked.wrong("a", asked, "an attempt of this group as TASK.ATTEMPT"));
    }

    /** How the task went on: its attempts, first one first. */
    private static void history(JsonGenerator out, SessionHistory history, Task task) throws IOException {
        List<Task> attempts = history.attempts(task.taskId());
        out.writeArrayFieldStart("history");
        for (int i = attempts.size() - 1; i >= 0; i--) {
            Task attempt = attempts.get(i);
            out.writeStartObject();
            out.writeNumberField("attempt", attempt.attempt());
            out.writeStringField("state", attempt.state().name());
            out.writeStringField("nodeId", attempt.ranOnNodeId());
            Out.times(out, attempt.startTimeMs(), attempt.endTimeMs(), history.recordEndNs() / 1_000_000);
            Out.source(out, attempt.provenance(), attempt.inferredFrom());
            out.writeEndObject();
        }
        out.writeEndArray();
    }
}
