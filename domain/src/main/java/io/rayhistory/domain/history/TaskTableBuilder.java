package io.rayhistory.domain.history;

import io.rayhistory.domain.event.TaskError;
import io.rayhistory.domain.event.TaskLogInfo;
import io.rayhistory.domain.id.IdKind;
import io.rayhistory.domain.id.TaskIds;

import java.util.Arrays;

/**
 * Packs decided attempts into a {@link TaskTable}; rows must come in the table's order. What of a row is not a column is
 * one packed record (see {@link TaskRecord} for how it is read back):
 *
 * <pre>
 * state mask | first time - epoch, zigzag | per further state: time - first, zigzag
 * parent: 0 none, 1 driver of the own job, 2 + tail number then 8 unique bytes
 * flags | [inferred-from text] | [error] | [log: presence bits, offsets as deltas]
 * [component | span count | per span: name, start - previous start, duration, extra]
 * </pre>
 */
final class TaskTableBuilder {
    static final int HAS_ERROR = 1;
    static final int HAS_LOG = 2;
    static final int HAS_SPANS = 4;
    static final int PROVENANCE_SHIFT = 3;

    private final TaskFacts facts;
    private final long epochNs;
    private final PackedBytes records;
    private final PackedBytes.Writer writer = new PackedBytes.Writer();
    private final Interned<String> tails;
    private final Interned<TaskShape> shapes;
    private final Interned<TaskExecutor> executors;
    private final Interned<TaskError> errors;
    private final Interned<TaskComponent> components;
    private final Interned<String> texts;
    private long[] unique;
    private int[] tail;
    private int[] attempt;
    private int[] shape;
    private int[] executor;
    private int[] record;
    private byte[] state;
    private int size;

    TaskTableBuilder(TaskFacts facts, int mostRows, long epochNs) {
        this.facts = facts;
        this.epochNs = epochNs;
        records = new PackedBytes();
        tails = new Interned<>();
        shapes = new Interned<>();
        executors = new Interned<>();
        errors = new Interned<>();
        components = new Interned<>();
        texts = new Interned<>();
        columns(mostRows);
    }

    private TaskTableBuilder(TaskTableBuilder whole, int mostRows) {
        facts = whole.facts;
        epochNs = whole.epochNs;
        records = whole.records.part();
        tails = whole.tails.part();
        shapes = whole.shapes.part();
        executors = whole.executors.part();
        errors = whole.errors.part();
        components = whole.components.part();
        texts = whole.texts.part();
        columns(mostRows);
    }

    private void columns(int rows) {
        unique = new long[rows];
        tail = new int[rows];
        attempt = new int[rows];
        shape = new int[rows];
        executor = new int[rows];
        record = new int[rows];
        state = new byte[rows];
    }

    /** For a stretch of rows on another thread, to be added when that is done. */
    TaskTableBuilder part(int mostRows) {
        return new TaskTableBuilder(this, mostRows);
    }

    /** Adds the rows of a part behind those that are here. */
    void add(TaskTableBuilder part) {
        System.arraycopy(part.unique, 0, unique, size, part.size);
        System.arraycopy(part.tail, 0, tail, size, part.size);
        System.arraycopy(part.attempt, 0, attempt, size, part.size);
        System.arraycopy(part.shape, 0, shape, size, part.size);
        System.arraycopy(part.executor, 0, executor, size, part.size);
        System.arraycopy(part.record, 0, record, size, part.size);
        System.arraycopy(part.state, 0, state, size, part.size);
        size += part.size;
        part.records.trim();
    }

    void add(AttemptRow row) {
        unique[size] = row.unique;
        tail[size] = tails.numberOf(row.tail);
        attempt[size] = row.attempt;
        shape[size] = shapes.numberOf(row.shape);
        executor[size] = executors.numberOf(row.executor);
        state[size] = (byte) row.state.ordinal();
        long first = packStates(row);
        packParent(row);
        int flags = (row.error == null ? 0 : HAS_ERROR) | (row.logInfo == null ? 0 : HAS_LOG)
                | (row.component == null ? 0 : HAS_SPANS) | row.provenance.ordinal() << PROVENANCE_SHIFT;
        writer.u8(flags).varint(texts.numberOf(row.inferredFrom));
        if (row.error != null) {
            writer.varint(errors.numberOf(row.error));
        }
        if (row.logInfo != null) {
            packLog(row.logInfo);
        }
        if (row.component != null) {
            packSpans(row, first);
        }
        record[size++] = records.add(writer);
    }

    private long packStates(AttemptRow row) {
        writer.varint(row.stateMask);
        long first = epochNs;
        boolean any = false;
        for (int s = 0; s < row.stateNs.length; s++) {
            if ((row.stateMask & 1 << s) != 0) {
                writer.zigzag(row.stateNs[s] - first);
                first = any ? first : row.stateNs[s];
                any = true;
            }
        }
        return first;
    }

    private void packParent(AttemptRow row) {
        String parent = row.parentTaskId;
        if (parent.isEmpty()) {
            writer.varint(0);
        } else if (parent.equals(TaskIds.driverOf(
                TaskIds.jobOf(row.taskId)))) {
            writer.varint(1);
        } else {
            boolean normal = IdKind.TASK.isNormal(parent);
            writer.varint(2 + tails.numberOf(AttemptIndex.tailOf(parent, normal)))
                    .i64(AttemptIndex.uniqueOf(parent, normal));
        }
    }

    private void packLog(TaskLogInfo log) {
        writer.u8(bit(log.stdoutStart(), 1) | bit(log.stdoutEnd(), 2) | bit(log.stderrStart(), 4)
                | bit(log.stderrEnd(), 8));
        packRange(log.stdoutStart(), log.stdoutEnd());
        packRange(log.stderrStart(), log.stderrEnd());
    }

    private static int bit(long offset, int bit) {
        return offset == TaskLogInfo.ABSENT ? 0 : bit;
    }

    private void packRange(long start, long end) {
        if (start != TaskLogInfo.ABSENT) {
            writer.varint(start);
        }
        if (end != TaskLogInfo.ABSENT) {
            writer.zigzag(end - Math.max(start, 0));
        }
    }

    private void packSpans(AttemptRow row, long first) {
        writer.varint(components.numberOf(row.component)).varint(row.spans.size());
        long before = first;
        for (PackedSpan span : row.spans) {
            writer.varint(texts.numberOf(facts.texts().get(span.name()))).zigzag(span.startNs() - before)
                    .zigzag(span.endNs() - span.startNs())
                    .varint(texts.numberOf(facts.texts().get(span.extra())));
            before = span.startNs();
        }
    }

    TaskTable build() {
        records.finish();
        return new TaskTable(Arrays.copyOf(unique, size), Arrays.copyOf(tail, size), Arrays.copyOf(attempt, size),
                Arrays.copyOf(shape, size), Arrays.copyOf(executor, size), Arrays.copyOf(state, size),
                Arrays.copyOf(record, size), records, epochNs, tails.frozen(), shapes.frozen(), executors.frozen(),
                errors.frozen(), components.frozen(), texts.frozen());
    }
}
