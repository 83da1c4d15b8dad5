package io.rayhistory.adapters.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rayhistory.domain.event.TaskLogInfo;
import io.rayhistory.domain.event.TaskTransition;
import io.rayhistory.domain.event.TaskType;
import io.rayhistory.domain.history.Task;
import io.rayhistory.domain.history.TaskProfile;
import io.rayhistory.domain.history.TaskSpan;
import io.rayhistory.domain.id.IdKind;

import java.io.IOException;
import java.util.Optional;

/** A row of {@code /api/v0/tasks} (Ray: {@code TaskState} in {@code python/ray/util/state/common.py}). */
public final class TaskJson {
    private static final double NS_PER_MS = 1e6;

    private TaskJson() {
    }

    public static void write(JsonGenerator out, Task task, RowStyle style) throws IOException {
        boolean failed = !task.errorType().isEmpty();
        out.writeStartObject();
        out.writeStringField("task_id", task.taskId());
        out.writeNumberField("attempt_number", task.attempt());
        out.writeStringField("name", task.name());
        out.writeStringField("state", task.state().name());
        out.writeStringField("job_id", task.jobId());
        JsonValues.textOrNull(out, "actor_id", task.actorId());
        out.writeStringField("type", task.type().name());
        out.writeStringField("func_or_class_name", task.callName());
        out.writeStringField("parent_task_id", task.parentTaskId());
        JsonValues.textOrNull(out, "node_id", task.nodeId());
        JsonValues.textOrNull(out, "worker_id", task.workerId());
        JsonValues.numberOrNull(out, "worker_pid", task.workerPid());
        JsonValues.textOrNull(out, "error_type", task.errorType());
        if (style.detail()) {
            writeDetail(out, task, failed, style);
        }
        out.writeEndObject();
    }

    private static void writeDetail(JsonGenerator out, Task task, boolean failed, RowStyle style) throws IOException {
        boolean driver = task.type() == TaskType.DRIVER_TASK;
        out.writeStringField("language", task.language());
        JsonValues.resources(out, "required_resources", task.requiredResources());
        out.writeFieldName("runtime_env_info");
        RuntimeEnvInfoJson.write(out, task.serializedRuntimeEnv(), driver, style);
        JsonValues.textOrNull(out, "placement_group_id", IdKind.PLACEMENT_GROUP.orAbsent(task.placementGroupId()));
        out.writeArrayFieldStart("events");
        for (TaskTransition transition : task.transitions()) {
            out.writeStartObject();
            out.writeStringField("state", transition.state().name());
            out.writeFieldName("created_ms");
            JsonValues.wholeFloat(out, Math.floorDiv(transition.timeNs(), 1_000_000L));
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeFieldName("profiling_data");
        writeProfile(out, task.profile());
        JsonValues.millisecondsOrNull(out, "creation_time_ms", task.creationTimeMs());
        JsonValues.millisecondsOrNull(out, "start_time_ms", task.startTimeMs());
        JsonValues.millisecondsOrNull(out, "end_time_ms", task.endTimeMs());
        out.writeFieldName("task_log_info");
        writeLogInfo(out, task.logInfo());
        out.writeFieldName("error_message");
        if (failed) {
            out.writeString(task.errorMessage());
        } else {
            out.writeNull();
        }
        out.writeFieldName("is_debugger_paused");
        if (task.debuggerPaused().isPresent()) {
            out.writeBoolean(task.debuggerPaused().get());
        } else {
            out.writeNull();
        }
        JsonValues.textOrNull(out, "call_site", task.callSite());
        JsonValues.labels(out, "label_selector", task.labelSelector());
        if (style.ray260()) {
            writeFallbackStrategy(out, task.fallbackStrategy(), driver);
        }
    }

    private static void writeProfile(JsonGenerator out, Optional<TaskProfile> profile) throws IOException {
        out.writeStartObject();
        if (profile.isPresent()) {
            TaskProfile measured = profile.get();
            out.writeStringField("component_type", measured.componentType());
            out.writeStringField("component_id", measured.componentId());
            out.writeStringField("node_ip_address", measured.nodeIpAddress());
            out.writeArrayFieldStart("events");
            for (TaskSpan span : measured.spans()) {
                out.writeStartObject();
                JsonValues.floating(out, "start_time", span.startNs() / NS_PER_MS);
                JsonValues.floating(out, "end_time", span.endNs() / NS_PER_MS);
                out.writeFieldName("extra_data");
                EmbeddedJson.copyOrRaw(out, span.extraData());
                out.writeStringField("event_name", span.name());
                out.writeEndObject();
            }
            out.writeEndArray();
        }
        out.writeEndObject();
    }

    /** Only the members that were sent: a missing end says that the attempt was still writing. */
    private static void writeLogInfo(JsonGenerator out, Optional<TaskLogInfo> sent) throws IOException {
        if (sent.isEmpty()) {
            out.writeNull();
            return;
        }
        TaskLogInfo info = sent.get();
        out.writeStartObject();
        writeIfSent(out, "stdout_file", info.stdoutFile());
        writeIfSent(out, "stderr_file", info.stderrFile());
        writeIfSent(out, "stdout_start", info.stdoutStart());
        writeIfSent(out, "stdout_end", info.stdoutEnd());
        writeIfSent(out, "stderr_start", info.stderrStart());
        writeIfSent(out, "stderr_end", info.stderrEnd());
        out.writeEndObject();
    }

    private static void writeIfSent(JsonGenerator out, String field, String file) throws IOException {
        if (!file.isEmpty()) {
            out.writeStringField(field, file);
        }
    }

    private static void writeIfSent(JsonGenerator out, String field, long offset) throws IOException {
        if (offset != TaskLogInfo.ABSENT) {
            out.writeNumberField(field, offset);
        }
    }

    /** Ray leaves an empty strategy out of its events but shows it, except for drivers. */
    private static void writeFallbackStrategy(JsonGenerator out, String text, boolean driver) throws IOException {
        out.writeFieldName("fallback_strategy");
        if (!text.isEmpty()) {
            EmbeddedJson.copyOrRaw(out, text);
        } else if (driver) {
            out.writeNull();
        } else {
            out.writeStartObject();
            out.writeArrayFieldStart("options");
            out.writeEndArray();
            out.writeEndObject();
        }
    }
}
