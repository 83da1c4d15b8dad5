package io.rayhistory.adapters.http.history;

import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.http.Context;
import io.rayhistory.adapters.http.json.JsonAnswers;
import io.rayhistory.application.read.FailureReports;
import io.rayhistory.application.read.StoredSession;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.failure.FailureReport;
import io.rayhistory.domain.history.SessionHistory;
import io.rayhistory.domain.history.Task;
import io.rayhistory.domain.history.TaskTable;
import io.rayhistory.domain.id.IdKind;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** Task attempts: the list, and all attempts of one task with their errors and logs. */
final class TasksApi {

    /** One row of the task table. @param firstNs when it was first heard of: cheap to read, so the order of most lists */
    record Attempt(int row, Task task, long firstNs) {
    }

    private final FailureReports failures;
    private final Rows<Attempt> rows;

    TasksApi(FailureReports failures) {
        this.failures = failures;
        this.rows = new Rows<Attempt>(each -> AttemptJson.idOf(each.task()), "created",
                (out, each, session) -> AttemptJson.row(out, each.row(), session, failures.of(session)))
                .sort("created", Attempt::firstNs)
                .sort("start", each -> Rows.time(each.task().startTimeMs()))
                .sort("end", each -> Rows.time(each.task().endTimeMs()))
                .sort("duration", each -> runMs(each.task()))
                .sort("name", each -> each.task().name())
                .sort("function", each -> each.task().callName())
                .sort("state", each -> each.task().state())
                .sort("node", each -> each.task().ranOnNodeId())
                .sort("job", each -> each.task().jobId())
                .sort("attempt", each -> each.task().attempt())
                .sort("task", each -> each.task().taskId())
                .filter("state", each -> each.task().state().name())
                .filter("fn", each -> each.task().callName())
                .filter("name", each -> each.task().name())
                .filter("job", each -> each.task().jobId())
                .filter("node", each -> each.task().ranOnNodeId())
                .filter("actor", each -> each.task().actorId())
                .filter("worker", each -> each.task().workerId())
                .filter("type", each -> each.task().type().name())
                .filter("error", each -> each.task().errorType())
                .filter("source", each -> each.task().provenance().name())
                .search(each -> each.task().name() + " " + each.task().callName() + " " + each.task().taskId() + " "
                        + each.task().errorType());
    }

    /** Unfinished runs last until the record ends, which is the same for all: the longest first is the earliest start. */
    private static Long runMs(Task task) {
        long start = task.startTimeMs();
        return start <= 0 ? null : task.endTimeMs() > 0 ? task.endTimeMs() - start : Long.MAX_VALUE - start;
    }

    void register(Requests requests) {
        requests.loaded("/tasks", this::list);
        requests.fresh("/tasks/{task}", this::task);
    }

    private void list(Context ctx, StoredSession session) throws IOException {
        Asked asked = new Asked(ctx);
        boolean latest = asked.word("attempts", "all", "all", "latest").equals("latest");
        Set<String> groups = asked.words("group");
        FailureReport report = failures.of(session);
        SessionHistory history = session.history();
        Predicate<Attempt> more = each -> (!latest || history.tasks().firstRowOf(each.task().taskId()) == each.row())
                && (groups.isEmpty() || groups.contains(report.keyOf(each.row())));
        rows.send(ctx, session, attempts(history.tasks()), more, "\nlatest=" + latest + "\ngroup=" + groups);
    }

    private static List<Attempt> attempts(TaskTable tasks) {
        List<Attempt> attempts = new ArrayList<>(tasks.size());
        for (int row = 0; row < tasks.size(); row++) {
            attempts.add(new Attempt(row, tasks.get(row), tasks.firstStateNs(row)));
        }
        return attempts;
    }

    private void task(Context ctx, StoredSession session) throws IOException {
        String taskId = IdKind.TASK.normalize(ctx.pathParam("task").toLowerCase(Locale.ROOT));
        int lines = new Asked(ctx).whole("lines", 0, AttemptLogs.MOST_LINES, 0);
        int first = session.history().tasks().firstRowOf(taskId);
        if (first < 0) {
            throw HistoryException.missing("no task '" + taskId + "' is recorded in this session");
        }
        AttemptLogs logs = new AttemptLogs(session);
        JsonAnswers.send(ctx, 200, out -> {
            out.writeStartObject();
            out.writeStringField("taskId", taskId);
            out.writeArrayFieldStart("attempts");
            TaskTable tasks = session.history().tasks();
            for (int row = first; row < tasks.size() && tasks.get(row).taskId().equals(taskId); row++) {
                out.writeStartObject();
                detailed(out, row, session, logs, lines);
                out.writeEndObject();
            }
            out.writeEndArray();
            Out.ms(out, "recordEndMs", session.history().recordEndNs() / 1_000_000);
            out.writeEndObject();
        });
    }

    /** The members of one attempt with everything that is known of it. */
    void detailed(JsonGenerator out, int row, StoredSession session, AttemptLogs logs, int lines) throws IOException {
        Task task = session.history().tasks().get(row);
        AttemptJson.row(out, row, session, failures.of(session));
        AttemptJson.details(out, task, session.history().recordEndNs() / 1_000_000);
        logs.write(out, "logs", logs.of(task), lines);
    }
}
