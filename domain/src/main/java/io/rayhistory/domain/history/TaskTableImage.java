package io.rayhistory.domain.history;

import io.rayhistory.domain.event.TaskError;
import io.rayhistory.domain.event.TaskState;
import io.rayhistory.domain.event.TaskType;

import java.util.List;

/** A {@link TaskTable} as values and back: columns and packed records as they lie in memory. */
final class TaskTableImage {
    private static final TaskType[] TYPES = TaskType.values();

    private TaskTableImage() {
    }

    static void write(TaskTable table, ImageWriter out) {
        out.number(table.epochNs);
        out.list(table.tails, ImageWriter::text);
        out.list(table.texts, ImageWriter::text);
        out.list(table.shapes, TaskTableImage::shape);
        out.list(table.executors, TaskTableImage::executor);
        out.list(table.errors, (w, e) -> w.text(e.type()).text(e.message()));
        out.list(table.components, (w, c) -> w.text(c.type()).text(c.id()).text(c.nodeIpAddress()));
        ImageSink sink = out.sink();
        sink.longs(table.unique);
        sink.ints(table.tail);
        sink.ints(table.attempt);
        sink.ints(table.shape);
        sink.ints(table.executor);
        sink.bytes(table.state);
        sink.ints(table.record);
        out.list(table.records.chunks(), (w, chunk) -> w.sink().bytes(chunk));
    }

    /** Numbers are checked against what they count into; packed records are taken as they are. */
    static TaskTable read(ImageReader in) {
        long epochNs = in.number();
        List<String> tails = in.list(ImageReader::text);
        List<String> texts = in.list(ImageReader::text);
        List<TaskShape> shapes = in.list(TaskTableImage::shape);
        List<TaskExecutor> executors = in.list(TaskTableImage::executor);
        List<TaskError> errors = in.list(r -> new TaskError(r.text(), r.text()));
        List<TaskComponent> components = in.list(r -> new TaskComponent(r.text(), r.text(), r.text()));
        ImageSource source = in.source();
        long[] unique = source.longs();
        int[] tail = numbers(source, unique.length, tails.size(), "the tail");
        int[] attempt = source.ints();
        requireSize(attempt.length, unique.length);
        int[] shape = numbers(source, unique.length, shapes.size(), "the shape");
        int[] executor = numbers(source, unique.length, executors.size(), "the executor");
        byte[] state = states(source, unique.length);
        int[] record = numbers(source, unique.length, Integer.MAX_VALUE, "the record");
        PackedBytes records = PackedBytes.of(in.list(r -> r.source().bytes()));
        for (int address : record) {
            if (!records.holds(address)) {
                throw ImageReader.corrupt("a record at " + address);
            }
        }
        return new TaskTable(unique, tail, attempt, shape, executor, state, record, records, epochNs,
                List.copyOf(tails), List.copyOf(shapes), List.copyOf(executors), List.copyOf(errors),
                List.copyOf(components), List.copyOf(texts));
    }

    private static int[] numbers(ImageSource source, int size, int bound, String what) {
        int[] column = source.ints();
        requireSize(column.length, size);
        for (int number : column) {
            if (number < 0 || number >= bound) {
                throw ImageReader.corrupt(what + " " + number);
            }
        }
        return column;
    }

    private static byte[] states(ImageSource source, int size) {
        byte[] column = source.bytes();
        requireSize(column.length, size);
        for (byte state : column) {
            if (TaskState.ofNumber(state) == null) {
                throw ImageReader.corrupt("the state " + state);
            }
        }
        return column;
    }

    private static void requireSize(int size, int expected) {
        if (size != expected) {
            throw ImageReader.corrupt("columns of " + expected + " and " + size + " rows");
        }
    }

    private static void shape(ImageWriter out, TaskShape s) {
        out.word(s.type()).text(s.language()).text(s.callName()).text(s.name()).text(s.actorId())
                .text(s.placementGroupId()).reals(s.requiredResources()).text(s.serializedRuntimeEnv())
                .text(s.callSite()).texts(s.labelSelector()).text(s.fallbackStrategy()).flag(s.detachedActor())
                .flag(s.defined());
    }

    private static TaskShape shape(ImageReader in) {
        return new TaskShape(in.word(TYPES), in.text(), in.text(), in.text(), in.text(), in.text(), in.reals(),
                in.text(), in.text(), in.texts(), in.text(), in.flag(), in.flag());
    }

    private static void executor(ImageWriter out, TaskExecutor e) {
        out.text(e.nodeId()).text(e.workerId()).number(e.workerPid()).text(e.actorReprName())
                .optional(e.debuggerPaused(), ImageWriter::flag).text(e.stdoutFile()).text(e.stderrFile())
                .text(e.ranOnNodeId());
    }

    private static TaskExecutor executor(ImageReader in) {
        return new TaskExecutor(in.text(), in.text(), in.whole(), in.text(), in.optional(ImageReader::flag), in.text(),
                in.text(), in.text());
    }
}
