package io.rayhistory.domain.history;

import io.rayhistory.domain.event.TaskLogInfo;
import io.rayhistory.domain.event.TaskState;
import io.rayhistory.domain.event.TaskTransition;
import io.rayhistory.domain.event.TaskType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One task attempt: a view of one row of a {@link TaskTable}, cheap to make and to drop. Text that is unknown is {@code
 * ""}. Not thread-safe itself (it remembers what it unpacked); take one view per thread.
 */
public final class Task {
    private static final TaskState[] STATES = TaskState.values();

    private final TaskTable table;
    private final int row;
    private TaskRecord unpacked;
    private String taskId;

    Task(TaskTable table, int row) {
        this.table = table;
        this.row = row;
    }

    private TaskRecord record() {
        if (unpacked == null) {
            unpacked = new TaskRecord(table, row);
        }
        return unpacked;
    }

    public String taskId() {
        if (taskId == null) {
            taskId = table.taskId(row);
        }
        return taskId;
    }

    public int attempt() {
        return table.attempt(row);
    }

    public String name() {
        return table.shape(row).name();
    }

    public TaskState state() {
        return table.state(row);
    }

    public String jobId() {
        return table.jobId(row);
    }

    /** The actor whose method or constructor this is, {@code ""} for other tasks. */
    public String actorId() {
        return table.actorId(row);
    }

    public TaskType type() {
        return table.shape(row).type();
    }

    /** Ray's {@code func_or_class_name}. */
    public String callName() {
        return table.shape(row).callName();
    }

    public String parentTaskId() {
        return unpacked != null ? unpacked.parentTaskId : table.parentTaskId(row);
    }

    /** The node it was sent to, as its owner told. */
    public String nodeId() {
        return table.executor(row).nodeId();
    }

    /** The node it really ran on as far as anybody told, the executor included; {@code ""} when it never ran. */
    public String ranOnNodeId() {
        String ranOn = table.executor(row).ranOnNodeId();
        return ranOn.isEmpty() ? nodeId() : ranOn;
    }

    public String workerId() {
        return table.executor(row).workerId();
    }

    /** 0 when unknown. */
    public int workerPid() {
        return table.executor(row).workerPid();
    }

    /** Ray's error type name; {@code ""} unless the attempt failed and a cause was told or inferred. */
    public String errorType() {
        return state() == TaskState.FAILED && record().error != null ? record().error.type() : "";
    }

    /** The error's text without colour codes; means something only when {@link #errorType()} is not empty. */
    public String errorMessage() {
        return errorType().isEmpty() ? "" : withoutColours(record().error.message());
    }

    /**
     * As Ray strips colours from errors: each ESC and all up to the next m (Ray: {@code python/ray/util/state/common.py},
     * remove_ansi_escape_codes), but in one pass, for a text may hold a million ESC and no m.
     */
    private static String withoutColours(String text) {
        int escape = text.indexOf('\u001b');
        if (escape < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        int done = 0;
        for (int end; escape >= 0 && (end = text.indexOf('m', escape)) >= 0; escape = text.indexOf('\u001b', done)) {
            plain.append(text, done, escape);
            done = end + 1;
        }
        return plain.append(text, done, text.length()).toString();
    }

    public String language() {
        return table.shape(row).language();
    }

    /** As sent: placement groups use formatted names. */
    public Map<String, Double> requiredResources() {
        return table.shape(row).requiredResources();
    }

    /** JSON text; may hold secrets in {@code env_vars}. */
    public String serializedRuntimeEnv() {
        return table.shape(row).serializedRuntimeEnv();
    }

    public String placementGroupId() {
        return table.shape(row).placementGroupId();
    }

    /** One entry per state it ever entered, in the order of Ray's numbers; times need not increase. */
    public List<TaskTransition> transitions() {
        TaskRecord record = record();
        List<TaskTransition> transitions = new ArrayList<>(Integer.bitCount(record.stateMask));
        for (int s = 0; s < STATES.length; s++) {
            if ((record.stateMask & 1 << s) != 0) {
                transitions.add(new TaskTransition(STATES[s], record.stateNs[s]));
            }
        }
        return transitions;
    }

    private long stateMs(TaskState state) {
        return (unpacked != null ? unpacked.stateNs[state.ordinal()] : TaskRecord.stateNs(table, row, state)) / 1_000_000;
    }

    /** When it became known: PENDING_ARGS_AVAIL. Milliseconds, 0 when not told. */
    public long creationTimeMs() {
        return stateMs(TaskState.PENDING_ARGS_AVAIL);
    }

    /** When it began to run: RUNNING. Milliseconds, 0 when it never did. */
    public long startTimeMs() {
        return stateMs(TaskState.RUNNING);
    }

    /** FAILED if it did, else FINISHED. Milliseconds, 0 when it has not ended. */
    public long endTimeMs() {
        long failed = stateMs(TaskState.FAILED);
        return failed != 0 ? failed : stateMs(TaskState.FINISHED);
    }

    public Optional<TaskProfile> profile() {
        return Optional.ofNullable(record().profile);
    }

    public Optional<TaskLogInfo> logInfo() {
        return Optional.ofNullable(record().logInfo);
    }

    public Optional<Boolean> debuggerPaused() {
        return Optional.ofNullable(table.executor(row).debuggerPaused());
    }

    public String callSite() {
        return table.shape(row).callSite();
    }

    public Map<String, String> labelSelector() {
        return table.shape(row).labelSelector();
    }

    /** JSON text with snake_case keys, {@code ""} when there is none. */
    public String fallbackStrategy() {
        return table.shape(row).fallbackStrategy();
    }

    public Provenance provenance() {
        return record().provenance;
    }

    /** Attempts of one number have all in common that is told of a task before it runs, but its id, parent and attempt. */
    public int kind() {
        return table.shapeNumber(row);
    }

    /** Attempts of one number have node, worker, pid, log files and the debugger's state in common. */
    public int place() {
        return table.executorNumber(row);
    }

    /** What an inferred row or end was concluded from, {@code ""} for a recorded one. */
    public String inferredFrom() {
        return record().inferredFrom;
    }
}
