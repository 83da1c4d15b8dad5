package io.rayhistory.adapters.http.history;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rayhistory.application.read.StoredSession;
import io.rayhistory.domain.event.TaskState;
import io.rayhistory.domain.event.TaskTransition;
import io.rayhistory.domain.failure.FailureReport;
import io.rayhistory.domain.failure.RootCause;
import io.rayhistory.domain.failure.Traceback;
import io.rayhistory.domain.history.Node;
import io.rayhistory.domain.history.SessionHistory;
import io.rayhistory.domain.history.Task;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One task attempt: as a row, and with everything that is known of it. */
final class AttemptJson {
    private static final int LONGEST_ERROR = 200;

    private AttemptJson() {
    }

    /** What tells attempts apart in links and cursors. */
    static String idOf(Task task) {
        return task.taskId() + "." + task.attempt();
    }

    /** The members of a row. @param row of the task table */
    static void row(JsonGenerator out, int row, StoredSession session, FailureReport failures) throws IOException {
        SessionHistory history = session.history();
        Task task = history.tasks().get(row);
        out.writeStringField("taskId", task.taskId());
        out.writeNumberField("attempt", task.attempt());
        out.writeStringField("name", task.name());
        out.writeStringField("function", task.callName());
        out.writeStringField("type", task.type().name());
        out.writeStringField("jobId", task.jobId());
        out.writeStringField("actorId", task.actorId());
        out.writeStringField("nodeId", task.ranOnNodeId());
        out.writeStringField("nodeIp", ip(history, task.ranOnNodeId()));
        out.writeStringField("workerId", task.workerId());
        Out.positive(out, "pid", task.workerPid());
        out.writeStringField("state", task.state().name());
        out.writeStringField("errorType", task.errorType());
        out.writeStringField("error", oneLine(task));
        out.writeStringField("group", failures.keyOf(row));
        Out.ms(out, "createdMs", createdMs(task));
        Out.times(out, task.startTimeMs(), task.endTimeMs(), history.recordEndNs() / 1_000_000);
        out.writeBooleanField("recovered", task.state() == TaskState.FAILED && finishedLater(history, row, task));
        Out.source(out, task.provenance(), task.inferredFrom());
    }

    /** When it became known, or the first that is known of it. */
    static long createdMs(Task task) {
        if (task.creationTimeMs() != 0) {
            return task.creationTimeMs();
        }
        return task.transitions().stream().mapToLong(TaskTransition::timeNs).filter(ns -> ns > 0).min().orElse(0) / 1_000_000;
    }

    static boolean finishedLater(SessionHistory history, int row, Task task) {
        int latest = history.tasks().firstRowOf(task.taskId());
        return latest != row && history.tasks().state(latest) == TaskState.FINISHED;
    }

    static String ip(SessionHistory history, String nodeId) {
        return nodeId.isEmpty() ? "" : history.node(nodeId).map(Node::ipAddress).orElse("");
    }

    /** What is wrong, in a line. */
    private static String oneLine(Task task) {
        String message = task.errorMessage();
        if (message.isEmpty()) {
            return "";
        }
        String line = RootCause.of(Traceback.parse(message)).map(cause -> cause.message().isEmpty() ? cause.exceptionClass()
                : cause.exceptionClass() + ": " + cause.message()).orElseGet(() -> message.strip().lines().findFirst().orElse(""));
        return line.length() > LONGEST_ERROR ? line.substring(0, LONGEST_ERROR) + "\u2026" : line;
    }

    /** The further members of one attempt that is looked at. */
    static void details(JsonGenerator out, Task task, long recordEndMs) throws IOException {
        List<TaskTransition> transitions = new ArrayList<>(task.transitions());
        transitions.sort(Comparator.comparingLong(TaskTransition::timeNs));
        out.writeArrayFieldStart("transitions");
        for (int i = 0; i < transitions.size(); i++) {
            TaskTransition each = transitions.get(i);
            long ms = each.timeNs() / 1_000_000;
            boolean last = i == transitions.size() - 1;
            long until = last ? each.state().isTerminal() ? ms : recordEndMs : transitions.get(i + 1).timeNs() / 1_000_000;
            out.writeStartObject();
            out.writeStringField("state", each.state().name());
            Out.ms(out, "ms", ms);
            out.writeNumberField("durationMs", Math.max(0, until - ms));
            out.writeEndObject();
        }
        out.writeEndArray();
        Out.numbers(out, "resources", task.requiredResources());
        out.writeStringField("placementGroupId", task.placementGroupId());
        Out.texts(out, "labelSelector", task.labelSelector());
        out.writeStringField("parentTaskId", task.parentTaskId());
        out.writeStringField("callSite", task.callSite());
        out.writeFieldName("traceback");
        String message = task.errorMessage();
        if (message.isEmpty()) {
            out.writeNull();
        } else {
            TracebackJson.write(out, message);
        }
    }
}
