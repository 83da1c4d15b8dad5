package io.rayhistory.adapters.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import io.rayhistory.domain.history.Task;
import io.rayhistory.domain.history.TaskSpan;
import io.rayhistory.domain.query.TimelineSink;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes a timeline as events of Chrome's trace format, one by one (Ray: {@code python/ray/_private/profiling.py},
 * {@code chrome_tracing_dump}). The caller opens and closes the array. What spans have in common is made into bytes once per
 * answer. For one answer, one thread.
 */
public final class TimelineJson implements TimelineSink {
    private static final double NS_PER_MS = 1e6;
    private static final double US_PER_MS = 1e3;
    private static final String OTHER_COLOUR = "generic_work";
    private static final Map<String, String> COLOURS = Map.ofEntries(
            Map.entry("worker_idle", "cq_build_abandoned"),
            Map.entry("task", "rail_response"),
            Map.entry("task:deserialize_arguments", "rail_load"),
            Map.entry("task:execute", "rail_animation"),
            Map.entry("task:store_outputs", "rail_idle"),
            Map.entry("wait_for_function", "detailed_memory_dump"),
            Map.entry("fetch_and_run_function", "detailed_memory_dump"),
            Map.entry("register_remote_function", "detailed_memory_dump"),
            Map.entry("ray.get", "good"),
            Map.entry("ray.put", "terrible"),
            Map.entry("ray.wait", "vsync_highlight_color"),
            Map.entry("submit_task", "background_memory_dump"));

    private static final SerializableString CAT = new SerializedString("cat");
    private static final SerializableString PID = new SerializedString("pid");
    private static final SerializableString TID = new SerializedString("tid");
    private static final SerializableString TS = new SerializedString("ts");
    private static final SerializableString DUR = new SerializedString("dur");
    private static final int MOST_LOOKS = 256;
    private static final Look NONE = new Look(IdTemplate.NONE, IdTemplate.NONE);

    private final Map<TaskKind, Map<SpanKind, Look>> looks = new HashMap<>();
    private final KnownTexts categories = new KnownTexts();
    private final JsonGenerator out;
    private int lookCount;
    /** The task whose spans come now. */
    private Task task;
    /** Its id, {@code null} if it is not in normal form. */
    private SerializableString taskId;
    private boolean synthesized;
    private Map<SpanKind, Look> looksOfTask;

    public TimelineJson(JsonGenerator out) {
        this.out = out;
    }

    @Override
    public void span(Task task, TaskSpan span, int pid, int tid) throws IOException {
        // Ray's own arithmetic: the difference of two rounded products, not the product of a difference.
        double startUs = span.startNs() / NS_PER_MS * US_PER_MS;
        double endUs = span.endNs() / NS_PER_MS * US_PER_MS;
        if (task != this.task) {
            begin(task);
        }
        Look look = look(span);
        out.writeStartObject();
        out.writeFieldName(CAT);
        categories.write(out, synthesized ? "task" : span.name());
        if (look == NONE) {
            writeName(out, span, SpanArgs.read(span.extraData()));
        } else {
            look.name.writeRaw(out, taskId);
        }
        out.writeFieldName(PID);
        out.writeNumber(pid);
        out.writeFieldName(TID);
        out.writeNumber(tid);
        out.writeFieldName(TS);
        JsonValues.floating(out, startUs);
        out.writeFieldName(DUR);
        JsonValues.floating(out, endUs - startUs);
        if (look == NONE) {
            writeEnd(out, task.taskId(), span, SpanArgs.read(span.extraData()));
        } else {
            look.end.writeRaw(out, taskId);
        }
        out.writeEndObject();
    }

    /** How spans look that differ in nothing but their task's id, their time and place. */
    private record Look(IdTemplate name, IdTemplate end) {
    }

    private record TaskKind(int kind, int attempt, String jobId, String actorId, boolean synthesized) {
    }

    private record SpanKind(String name, String extraData) {
    }

    private void begin(Task next) {
        task = next;
        taskId = IdTemplate.idOf(task);
        synthesized = task.profile().isEmpty();
        if (taskId != null) {
            TaskKind kind = new TaskKind(task.kind(), task.attempt(), task.jobId(), task.actorId(), synthesized);
            looksOfTask = lookCount < MOST_LOOKS ? looks.computeIfAbsent(kind, any -> new HashMap<>()) : looks.getOrDefault(kind, Map.of());
        }
    }

    private Look look(TaskSpan span) throws IOException {
        if (taskId == null) {
            return NONE;
        }
        SpanKind kind = new SpanKind(span.name(), span.template());
        Look known = looksOfTask.get(kind);
        if (known != null || lookCount == MOST_LOOKS) {
            return known == null ? NONE : known;
        }
        IdTemplate name = IdTemplate.of(id -> Fragments.members(some -> writeName(some, span, SpanArgs.read(span.extraDataFor(id)))));
        IdTemplate end = IdTemplate.of(id -> Fragments.members(some -> writeEnd(some, id, span, SpanArgs.read(span.extraDataFor(id)))));
        Look look = name == IdTemplate.NONE || end == IdTemplate.NONE ? NONE : new Look(name, end);
        looksOfTask.put(kind, look);
        lookCount++;
        return look;
    }

    private void writeName(JsonGenerator out, TaskSpan span, SpanArgs args) throws IOException {
        out.writeStringField("name", args.hasName() ? args.name() : synthesized ? nameOf(task) : span.name());
    }

    private void writeEnd(JsonGenerator out, String id, TaskSpan span, SpanArgs args) throws IOException {
        out.writeStringField("cname", synthesized ? OTHER_COLOUR
                : COLOURS.getOrDefault(args.hasColour() ? args.colour() : span.name(), OTHER_COLOUR));
        out.writeFieldName("args");
        args.write(out, task, id, synthesized);
        out.writeStringField("ph", "X");
    }

    private static String nameOf(Task task) {
        return task.name().isEmpty() ? task.callName() : task.name();
    }

    @Override
    public void process(int pid, String name) throws IOException {
        metadata("process_name", name, pid);
        out.writeNullField("tid");
        endMetadata();
    }

    @Override
    public void thread(int pid, int tid, String name) throws IOException {
        metadata("thread_name", name, pid);
        out.writeNumberField("tid", tid);
        endMetadata();
    }

    private void metadata(String kind, String name, int pid) throws IOException {
        out.writeStartObject();
        out.writeStringField("name", kind);
        out.writeObjectFieldStart("args");
        out.writeStringField("name", name);
        out.writeEndObject();
        out.writeNumberField("pid", pid);
    }

    private void endMetadata() throws IOException {
        out.writeStringField("ph", "M");
        out.writeEndObject();
    }
}
