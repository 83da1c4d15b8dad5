package io.rayhistory.adapters.json;

import io.rayhistory.domain.event.ProfileSpan;
import io.rayhistory.domain.event.TaskError;
import io.rayhistory.domain.event.TaskLifecycleEvent;
import io.rayhistory.domain.event.TaskLogInfo;
import io.rayhistory.domain.event.TaskProfileEvent;
import io.rayhistory.domain.event.TaskState;
import io.rayhistory.domain.event.TaskTransition;
import io.rayhistory.domain.id.IdKind;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** TASK_LIFECYCLE_EVENT, its forerunner TASK_EXECUTION_EVENT, and TASK_PROFILE_EVENT. */
final class TaskUpdates {
    private TaskUpdates() {
    }

    static Payload lifecycle(FieldReader in) throws IOException, InvalidField {
        String taskId = "";
        int attempt = 0;
        String jobId = "";
        List<TaskTransition> transitions = List.of();
        String nodeId = "";
        String workerId = "";
        int workerPid = 0;
        TaskError error = null;
        Boolean paused = null;
        String reprName = "";
        TaskLogInfo logInfo = null;
        for (String field = in.open(); field != null; field = in.next()) {
            switch (field) {
                case "taskId", "task_id" -> taskId = in.id(IdKind.TASK);
                case "taskAttempt", "task_attempt", "attemptNumber", "attempt_number" -> attempt = in.int32();
                case "jobId", "job_id" -> jobId = in.id(IdKind.JOB);
                case "stateTransitions", "state_transitions" -> transitions = transitions(in);
                case "taskState", "task_state" -> transitions = stateMap(in);
                case "nodeId", "node_id" -> nodeId = in.id(IdKind.NODE);
                case "workerId", "worker_id" -> workerId = in.id(IdKind.WORKER);
                case "workerPid", "worker_pid" -> workerPid = in.int32();
                case "rayErrorInfo", "ray_error_info" -> error = error(in);
                case "isDebuggerPaused", "is_debugger_paused" -> paused = in.isNull() ? null : (Boolean) in.bool();
                case "actorReprName", "actor_repr_name" -> reprName = in.text();
                case "taskLogInfo", "task_log_info" -> logInfo = logInfo(in);
                default -> in.skip();
            }
        }
        in.require(taskId, "taskId");
        return lifecycle(taskId, attempt, jobId, transitions, nodeId, workerId, workerPid, error, paused, reprName,
                logInfo);
    }

    private static Payload lifecycle(String taskId, int attempt, String jobId, List<TaskTransition> transitions,
                                     String nodeId, String workerId, int workerPid, TaskError error, Boolean paused,
                                     String reprName, TaskLogInfo logInfo) {
        return envelope -> new TaskLifecycleEvent(envelope, taskId, attempt, jobId, transitions, nodeId, workerId,
                workerPid, error, paused, reprName, logInfo);
    }

    private static List<TaskTransition> transitions(FieldReader in) throws IOException, InvalidField {
        List<TaskTransition> transitions = new ArrayList<>(2);
        for (boolean more = in.openArray(); more; more = in.nextElement()) {
            String state = "NIL";
            long time = 0;
            for (String field = in.open(); field != null; field = in.next()) {
                switch (field) {
                    case "state" -> state = in.text();
                    case "timestamp" -> time = in.time();
                    default -> in.skip();
                }
            }
            add(transitions, state, time);
        }
        return List.copyOf(transitions);
    }

    /** Ray 2.49 and 2.50: status number to time. */
    private static List<TaskTransition> stateMap(FieldReader in) throws IOException, InvalidField {
        List<TaskTransition> transitions = new ArrayList<>(4);
        for (String number = in.open(); number != null; number = in.next()) {
            add(transitions, number, in.time());
        }
        return List.copyOf(transitions);
    }

    /** A state of a future Ray cannot be ranked: it is left out, what else the event says still counts. */
    private static void add(List<TaskTransition> transitions, String text, long time) {
        TaskState state = TaskState.ofText(text);
        if (state != null) {
            transitions.add(new TaskTransition(state, time));
        }
    }

    private static TaskError error(FieldReader in) throws IOException, InvalidField {
        if (in.isNull()) {
            return null;
        }
        // Number 0 is left out by writers that omit defaults: WORKER_DIED.
        String type = EnumNames.ERROR[0];
        String message = "";
        for (String field = in.open(); field != null; field = in.next()) {
            switch (field) {
                case "errorType", "error_type" -> type = in.name(EnumNames.ERROR);
                case "errorMessage", "error_message" -> message = in.text();
                default -> in.skip();
            }
        }
        return new TaskError(type.isEmpty() ? EnumNames.ERROR[0] : type, message);
    }

    private static TaskLogInfo logInfo(FieldReader in) throws IOException, InvalidField {
        if (in.isNull()) {
            return null;
        }
        String stdoutFile = "";
        String stderrFile = "";
        long stdoutStart = TaskLogInfo.ABSENT;
        long stdoutEnd = TaskLogInfo.ABSENT;
        long stderrStart = TaskLogInfo.ABSENT;
        long stderrEnd = TaskLogInfo.ABSENT;
        for (String field = in.open(); field != null; field = in.next()) {
            if (in.isNull()) {
                continue;
            }
            switch (field) {
                case "stdoutFile", "stdout_file" -> stdoutFile = in.text();
                case "stderrFile", "stderr_file" -> stderrFile = in.text();
                case "stdoutStart", "stdout_start" -> stdoutStart = in.integer();
                case "stdoutEnd", "stdout_end" -> stdoutEnd = in.integer();
                case "stderrStart", "stderr_start" -> stderrStart = in.integer();
                case "stderrEnd", "stderr_end" -> stderrEnd = in.integer();
                default -> in.skip();
            }
        }
        return new TaskLogInfo(stdoutFile, stderrFile, stdoutStart, stdoutEnd, stderrStart, stderrEnd);
    }

    static Payload profile(FieldReader in) throws IOException, InvalidField {
        String taskId = "";
        int attempt = 0;
        String jobId = "";
        Component component = Component.NONE;
        for (String field = in.open(); field != null; field = in.next()) {
            switch (field) {
                case "taskId", "task_id" -> taskId = in.id(IdKind.TASK);
                case "attemptNumber", "attempt_number", "taskAttempt", "task_attempt" -> attempt = in.int32();
                case "jobId", "job_id" -> jobId = in.id(IdKind.JOB);
                case "profileEvents", "profile_events" -> component = component(in);
                default -> in.skip();
            }
        }
        in.require(taskId, "taskId");
        String id = taskId;
        int number = attempt;
        String job = jobId;
        Component c = component;
        return envelope -> new TaskProfileEvent(envelope, id, number, job, c.type, c.id, c.nodeIp, c.spans);
    }

    /** The process that measured, and its spans. */
    private record Component(String type, String id, String nodeIp, List<ProfileSpan> spans) {
        private static final Component NONE = new Component("", "", "", List.of());
    }

    private static Component component(FieldReader in) throws IOException, InvalidField {
        String type = "";
        String id = "";
        String nodeIp = "";
        List<ProfileSpan> spans = List.of();
        for (String field = in.open(); field != null; field = in.next()) {
            switch (field) {
                case "componentType", "component_type" -> type = in.text();
                case "componentId", "component_id" -> id = in.id(IdKind.WORKER);
                case "nodeIpAddress", "node_ip_address" -> nodeIp = in.text();
                case "events" -> spans = spans(in);
                default -> in.skip();
            }
        }
        return new Component(type, id, nodeIp, spans);
    }

    private static List<ProfileSpan> spans(FieldReader in) throws IOException, InvalidField {
        List<ProfileSpan> spans = new ArrayList<>(4);
        for (boolean more = in.openArray(); more; more = in.nextElement()) {
            String name = "";
            long start = 0;
            long end = 0;
            String extraData = "";
            for (String field = in.open(); field != null; field = in.next()) {
                switch (field) {
                    case "eventName", "event_name" -> name = in.text();
                    case "startTime", "start_time" -> start = in.integer();
                    case "endTime", "end_time" -> end = in.integer();
                    case "extraData", "extra_data" -> extraData = in.ownText();
                    default -> in.skip();
                }
            }
            spans.add(new ProfileSpan(name, start, end, extraData));
        }
        return List.copyOf(spans);
    }
}
