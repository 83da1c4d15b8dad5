package io.rayhistory.adapters.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rayhistory.domain.history.Task;
import io.rayhistory.domain.history.TaskSpan;
import io.rayhistory.domain.query.TimelineSink;

import java.io.IOException;
import java.util.Map;

/**
 * Writes a timeline as events of Chrome's trace format, one by one (Ray: {@code python/ray/_private/profiling.py},
 * {@code chrome_tracing_dump}). The caller opens and closes the array. For one answer, one thread.
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

    private final JsonGenerator out;

    public TimelineJson(JsonGenerator out) {
        this.out = out;
    }

    @Override
    public void span(Task task, TaskSpan span, int pid, int tid) throws IOException {
        // Ray's own arithmetic: the difference of two rounded products, not the product of a difference.
        double startUs = span.startNs() / NS_PER_MS * US_PER_MS;
        double endUs = span.endNs() / NS_PER_MS * US_PER_MS;
        boolean synthesized = task.profile().isEmpty();
        SpanArgs args = SpanArgs.read(span.extraData());
        String category = synthesized ? "task" : span.name();
        String colour = synthesized ? OTHER_COLOUR
                : COLOURS.getOrDefault(args.hasColour() ? args.colour() : span.name(), OTHER_COLOUR);
        out.writeStartObject();
        out.writeStringField("cat", category);
        out.writeStringField("name", args.hasName() ? args.name() : synthesized ? nameOf(task) : span.name());
        out.writeNumberField("pid", pid);
        out.writeNumberField("tid", tid);
        JsonValues.floating(out, "ts", startUs);
        JsonValues.floating(out, "dur", endUs - startUs);
        out.writeStringField("cname", colour);
        out.writeFieldName("args");
        args.write(out, task, synthesized);
        out.writeStringField("ph", "X");
        out.writeEndObject();
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
