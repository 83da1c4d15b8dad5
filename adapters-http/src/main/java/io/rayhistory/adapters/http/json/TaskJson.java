package io.rayhistory.adapters.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import io.rayhistory.domain.event.TaskLogInfo;
import io.rayhistory.domain.event.TaskState;
import io.rayhistory.domain.event.TaskTransition;
import io.rayhistory.domain.event.TaskType;
import io.rayhistory.domain.history.Task;
import io.rayhistory.domain.history.TaskProfile;
import io.rayhistory.domain.history.TaskSpan;
import io.rayhistory.domain.id.IdKind;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A row of {@code /api/v0/tasks} (Ray: {@code TaskState} in {@code python/ray/util/state/common.py}). What rows have in
 * common is made into bytes once per answer. For one answer, one thread.
 */
public final class TaskJson implements PageJson.RowWriter<Task> {
    private static final double NS_PER_MS = 1e6;
    private static final SerializableString TASK_ID = new SerializedString("task_id");
    private static final SerializableString ATTEMPT_NUMBER = new SerializedString("attempt_number");
    private static final SerializableString ERROR_TYPE = new SerializedString("error_type");
    private static final SerializableString EVENTS = new SerializedString("events");
    private static final SerializableString STATE = new SerializedString("state");
    private static final SerializableString CREATED_MS = new SerializedString("created_ms");
    private static final SerializableString PROFILING_DATA = new SerializedString("profiling_data");
    private static final SerializableString COMPONENT_TYPE = new SerializedString("component_type");
    private static final SerializableString COMPONENT_ID = new SerializedString("component_id");
    private static final SerializableString NODE_IP_ADDRESS = new SerializedString("node_ip_address");
    private static final SerializableString START_TIME = new SerializedString("start_time");
    private static final SerializableString END_TIME = new SerializedString("end_time");
    private static final SerializableString EXTRA_DATA = new SerializedString("extra_data");
    private static final SerializableString CREATION_TIME_MS = new SerializedString("creation_time_ms");
    private static final SerializableString START_TIME_MS = new SerializedString("start_time_ms");
    private static final SerializableString END_TIME_MS = new SerializedString("end_time_ms");
    private static final SerializableString TASK_LOG_INFO = new SerializedString("task_log_info");
    private static final SerializableString STDOUT_FILE = new SerializedString("stdout_file");
    private static final SerializableString STDERR_FILE = new SerializedString("stderr_file");
    private static final SerializableString STDOUT_START = new SerializedString("stdout_start");
    private static final SerializableString STDOUT_END = new SerializedString("stdout_end");
    private static final SerializableString STDERR_START = new SerializedString("stderr_start");
    private static final SerializableString STDERR_END = new SerializedString("stderr_end");
    private static final SerializableString ERROR_MESSAGE = new SerializedString("error_message");
    private static final SerializableString IS_DEBUGGER_PAUSED = new SerializedString("is_debugger_paused");
    /** Extra data may be different in every span. */
    private static final int MOST_TEMPLATES = 256;

    private final RowStyle style;
    private final Fragments<Integer> names = new Fragments<>();
    private final Fragments<TaskState> states = new Fragments<>();
    private final Fragments<String> jobs = new Fragments<>();
    private final Fragments<String> actors = new Fragments<>();
    private final Fragments<Integer> types = new Fragments<>();
    private final Fragments<String> parents = new Fragments<>();
    private final Fragments<Integer> places = new Fragments<>();
    private final Fragments<Integer> details = new Fragments<>();
    private final Fragments<Integer> ends = new Fragments<>();
    private final Fragments<String> spanNames = new Fragments<>();
    private final Map<String, IdTemplate> extras = new HashMap<>();
    /** Names of states, processes, their addresses and log files. */
    private final KnownTexts texts = new KnownTexts();

    public TaskJson(RowStyle style) {
        this.style = style;
    }

    @Override
    public void write(JsonGenerator out, Task task) throws IOException {
        String errorType = task.errorType();
        out.writeStartObject();
        out.writeFieldName(TASK_ID);
        out.writeString(task.taskId());
        out.writeFieldName(ATTEMPT_NUMBER);
        out.writeNumber(task.attempt());
        names.write(out, task.kind(), some -> some.writeStringField("name", task.name()));
        states.write(out, task.state(), some -> some.writeStringField("state", task.state().name()));
        jobs.write(out, task.jobId(), some -> some.writeStringField("job_id", task.jobId()));
        String actorId = task.actorId();
        actors.write(out, actorId, some -> JsonValues.textOrNull(some, "actor_id", actorId));
        types.write(out, task.kind(), some -> {
            some.writeStringField("type", task.type().name());
            some.writeStringField("func_or_class_name", task.callName());
        });
        String parentId = task.parentTaskId();
        parents.write(out, parentId, some -> some.writeStringField("parent_task_id", parentId));
        places.write(out, task.place(), some -> {
            JsonValues.textOrNull(some, "node_id", task.nodeId());
            JsonValues.textOrNull(some, "worker_id", task.workerId());
            JsonValues.numberOrNull(some, "worker_pid", task.workerPid());
        });
        out.writeFieldName(ERROR_TYPE);
        JsonValues.textOrNull(out, errorType);
        if (style.detail()) {
            writeDetail(out, task, !errorType.isEmpty());
        }
        out.writeEndObject();
    }

    private void writeDetail(JsonGenerator out, Task task, boolean failed) throws IOException {
        boolean driver = task.type() == TaskType.DRIVER_TASK;
        details.write(out, task.kind(), some -> {
            some.writeStringField("language", task.language());
            JsonValues.resources(some, "required_resources", task.requiredResources());
            some.writeFieldName("runtime_env_info");
            RuntimeEnvInfoJson.write(some, task.serializedRuntimeEnv(), driver, style);
            JsonValues.textOrNull(some, "placement_group_id", IdKind.PLACEMENT_GROUP.orAbsent(task.placementGroupId()));
        });
        out.writeFieldName(EVENTS);
        out.writeStartArray();
        for (TaskTransition transition : task.transitions()) {
            out.writeStartObject();
            out.writeFieldName(STATE);
            texts.write(out, transition.state().name());
            out.writeFieldName(CREATED_MS);
            JsonValues.wholeFloat(out, Math.floorDiv(transition.timeNs(), 1_000_000L));
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeFieldName(PROFILING_DATA);
        writeProfile(out, task, task.profile());
        out.writeFieldName(CREATION_TIME_MS);
        JsonValues.millisecondsOrNull(out, task.creationTimeMs());
        out.writeFieldName(START_TIME_MS);
        JsonValues.millisecondsOrNull(out, task.startTimeMs());
        out.writeFieldName(END_TIME_MS);
        JsonValues.millisecondsOrNull(out, task.endTimeMs());
        out.writeFieldName(TASK_LOG_INFO);
        writeLogInfo(out, task.logInfo());
        out.writeFieldName(ERROR_MESSAGE);
        if (failed) {
            out.writeString(task.errorMessage());
        } else {
            out.writeNull();
        }
        out.writeFieldName(IS_DEBUGGER_PAUSED);
        if (task.debuggerPaused().isPresent()) {
            out.writeBoolean(task.debuggerPaused().get());
        } else {
            out.writeNull();
        }
        ends.write(out, task.kind(), some -> {
            JsonValues.textOrNull(some, "call_site", task.callSite());
            JsonValues.labels(some, "label_selector", task.labelSelector());
            if (style.ray260()) {
                writeFallbackStrategy(some, task.fallbackStrategy(), driver);
            }
        });
    }

    private void writeProfile(JsonGenerator out, Task task, Optional<TaskProfile> profile) throws IOException {
        out.writeStartObject();
        if (profile.isPresent()) {
            TaskProfile measured = profile.get();
            out.writeFieldName(COMPONENT_TYPE);
            texts.write(out, measured.componentType());
            out.writeFieldName(COMPONENT_ID);
            texts.write(out, measured.componentId());
            out.writeFieldName(NODE_IP_ADDRESS);
            texts.write(out, measured.nodeIpAddress());
            out.writeFieldName(EVENTS);
            out.writeStartArray();
            SerializableString id = IdTemplate.idOf(task);
            for (TaskSpan span : measured.spans()) {
                writeSpan(out, id, span);
            }
            out.writeEndArray();
        }
        out.writeEndObject();
    }

    private void writeSpan(JsonGenerator out, SerializableString id, TaskSpan span) throws IOException {
        out.writeStartObject();
        out.writeFieldName(START_TIME);
        JsonValues.floating(out, span.startNs() / NS_PER_MS);
        out.writeFieldName(END_TIME);
        JsonValues.floating(out, span.endNs() / NS_PER_MS);
        out.writeFieldName(EXTRA_DATA);
        writeExtraData(out, id, span);
        spanNames.write(out, span.name(), some -> some.writeStringField("event_name", span.name()));
        out.writeEndObject();
    }

    private void writeExtraData(JsonGenerator out, SerializableString taskId, TaskSpan span) throws IOException {
        IdTemplate known = extras.get(span.template());
        if (known == null && extras.size() < MOST_TEMPLATES) {
            known = IdTemplate.of(id -> Fragments.text(some -> EmbeddedJson.copyOrRaw(some, span.extraDataFor(id))));
            extras.put(span.template(), known);
        }
        if (known == null || known == IdTemplate.NONE || taskId == null) {
            EmbeddedJson.copyOrRaw(out, span.extraData());
        } else {
            known.writeValue(out, taskId);
        }
    }

    /** Only the members that were sent: a missing end says that the attempt was still writing. */
    private void writeLogInfo(JsonGenerator out, Optional<TaskLogInfo> sent) throws IOException {
        if (sent.isEmpty()) {
            out.writeNull();
            return;
        }
        TaskLogInfo info = sent.get();
        out.writeStartObject();
        writeIfSent(out, STDOUT_FILE, info.stdoutFile());
        writeIfSent(out, STDERR_FILE, info.stderrFile());
        writeIfSent(out, STDOUT_START, info.stdoutStart());
        writeIfSent(out, STDOUT_END, info.stdoutEnd());
        writeIfSent(out, STDERR_START, info.stderrStart());
        writeIfSent(out, STDERR_END, info.stderrEnd());
        out.writeEndObject();
    }

    private void writeIfSent(JsonGenerator out, SerializableString field, String file) throws IOException {
        if (!file.isEmpty()) {
            out.writeFieldName(field);
            texts.write(out, file);
        }
    }

    private static void writeIfSent(JsonGenerator out, SerializableString field, long offset) throws IOException {
        if (offset != TaskLogInfo.ABSENT) {
            out.writeFieldName(field);
            out.writeNumber(offset);
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
