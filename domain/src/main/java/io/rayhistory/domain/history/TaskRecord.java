package io.rayhistory.domain.history;

import io.rayhistory.domain.event.TaskError;
import io.rayhistory.domain.event.TaskLogInfo;
import io.rayhistory.domain.event.TaskState;

import java.util.ArrayList;
import java.util.List;

/** One packed record of a {@link TaskTable}, read back; the layout stands at {@link TaskTableBuilder}. */
final class TaskRecord {
    private static final Provenance[] PROVENANCES = Provenance.values();
    private static final int STATES = TaskState.values().length;

    final int stateMask;
    final long[] stateNs = new long[STATES];
    final String parentTaskId;
    final Provenance provenance;
    final String inferredFrom;
    /** {@code null} when there is none. */
    final TaskError error;
    /** {@code null} when there is none. */
    final TaskLogInfo logInfo;
    /** {@code null} when there is none. */
    final TaskProfile profile;

    TaskRecord(TaskTable table, int row) {
        PackedBytes.Reader in = table.records.at(table.record(row));
        stateMask = in.varintInt();
        long first = table.epochNs;
        boolean any = false;
        for (int s = 0; s < stateNs.length; s++) {
            if ((stateMask & 1 << s) != 0) {
                stateNs[s] = first + in.zigzag();
                first = any ? first : stateNs[s];
                any = true;
            }
        }
        String taskId = table.taskId(row);
        parentTaskId = readParent(in, table, row);
        int flags = in.u8();
        provenance = PROVENANCES[flags >> TaskTableBuilder.PROVENANCE_SHIFT];
        inferredFrom = table.texts.get(in.varintInt());
        error = (flags & TaskTableBuilder.HAS_ERROR) == 0 ? null : table.errors.get(in.varintInt());
        logInfo = (flags & TaskTableBuilder.HAS_LOG) == 0 ? null : readLog(in, table.executor(row));
        profile = (flags & TaskTableBuilder.HAS_SPANS) == 0 ? null : readSpans(in, table, taskId, first);
    }

    /** When a row entered a state, 0 if it never did: reads no more of the record than it must. */
    static long stateNs(TaskTable table, int row, TaskState wanted) {
        PackedBytes.Reader in = table.records.at(table.record(row));
        int mask = in.varintInt() & (2 << wanted.ordinal()) - 1;
        if (mask >>> wanted.ordinal() == 0) {
            return 0;
        }
        long first = table.epochNs + in.zigzag();
        long last = first;
        for (int left = Integer.bitCount(mask); left > 1; left--) {
            last = first + in.zigzag();
        }
        return last;
    }

    static String readParent(PackedBytes.Reader in, TaskTable table, int row) {
        int parent = in.varintInt();
        return parent == 0 ? "" : parent == 1 ? table.driverTaskId(row)
                : AttemptIndex.join(in.i64(), table.tails.get(parent - 2));
    }

    private static TaskLogInfo readLog(PackedBytes.Reader in, TaskExecutor executor) {
        int present = in.u8();
        long outStart = (present & 1) == 0 ? TaskLogInfo.ABSENT : in.varint();
        long outEnd = (present & 2) == 0 ? TaskLogInfo.ABSENT : Math.max(outStart, 0) + in.zigzag();
        long errStart = (present & 4) == 0 ? TaskLogInfo.ABSENT : in.varint();
        long errEnd = (present & 8) == 0 ? TaskLogInfo.ABSENT : Math.max(errStart, 0) + in.zigzag();
        return new TaskLogInfo(executor.stdoutFile(), executor.stderrFile(), outStart, outEnd, errStart, errEnd);
    }

    private static TaskProfile readSpans(PackedBytes.Reader in, TaskTable table, String taskId, long first) {
        TaskComponent component = table.components.get(in.varintInt());
        int count = in.varintInt();
        List<TaskSpan> spans = new ArrayList<>(count);
        long before = first;
        for (int i = 0; i < count; i++) {
            String name = table.texts.get(in.varintInt());
            long start = before + in.zigzag();
            long end = start + in.zigzag();
            spans.add(new TaskSpan(name, start, end, table.texts.get(in.varintInt()), taskId));
            before = start;
        }
        return new TaskProfile(component.type(), component.id(), component.nodeIpAddress(), List.copyOf(spans));
    }
}
