package io.rayhistory.domain.history;

import io.rayhistory.domain.event.EventEnvelope;
import io.rayhistory.domain.event.ProfileSpan;
import io.rayhistory.domain.event.TaskDefinition;
import io.rayhistory.domain.event.TaskError;
import io.rayhistory.domain.event.TaskLifecycleEvent;
import io.rayhistory.domain.event.TaskLogInfo;
import io.rayhistory.domain.event.TaskProfileEvent;
import io.rayhistory.domain.event.TaskTransition;
import io.rayhistory.domain.id.IdKind;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Everything said about task attempts, kept as it came: each event becomes one packed fact, chained to the earlier facts
 * of its attempt. Nothing is decided here, so the order of arrival cannot matter; {@link AttemptFold} decides when all
 * facts are in. About 60 bytes a lifecycle event, which is what lets a million attempts be replayed in a small heap.
 *
 * <p>A fact is: address of the earlier fact, kind, time, tie (see {@link Stamp}), then what its kind holds. Not
 * thread-safe.
 */
final class TaskFacts {
    static final int DEFINITION = 1;
    static final int LIFECYCLE = 2;
    static final int PROFILE = 3;

    private final AttemptIndex index;
    private final PackedBytes facts;
    private final Interned<TaskShape> shapes;
    private final Interned<TaskError> errors;
    private final Interned<String> texts;
    private final PackedBytes.Writer writer = new PackedBytes.Writer();
    private final Map<String, String> printedNames = new HashMap<>();
    private int[] newest = new int[1024];
    private long duplicates;

    TaskFacts() {
        this(new Interned<>(), new PackedBytes(), new Interned<>(), new Interned<>(), new Interned<>());
    }

    private TaskFacts(Interned<String> tails, PackedBytes facts, Interned<TaskShape> shapes,
                      Interned<TaskError> errors, Interned<String> texts) {
        this.index = new AttemptIndex(tails);
        this.facts = facts;
        this.shapes = shapes;
        this.errors = errors;
        this.texts = texts;
    }

    /** For another thread, to be {@linkplain #absorb absorbed} when it is done; this must be left alone until then. */
    TaskFacts part() {
        return new TaskFacts(index.tails().part(), facts.part(), shapes.part(), errors.part(), texts.part());
    }

    /** Chains the facts of a part to what is known here. Which part comes first does not matter, nothing does. */
    void absorb(TaskFacts part) {
        duplicates += part.duplicates;
        for (int theirs = 0; theirs < part.index.size(); theirs++) {
            int slot = slot(part.index.unique(theirs), part.index.tailNumber(theirs), part.index.attempt(theirs));
            int known = newest[slot];
            newest[slot] = part.newest[theirs];
            if (known >= 0) {
                facts.patch(countRepeats(part.newest[theirs], known), known);
            }
        }
    }

    /** Counts the facts of one chain that another one has too; answers the address of its oldest fact. */
    private int countRepeats(int chain, int known) {
        PackedBytes.Reader reader = facts.at(chain);
        int oldest = chain;
        for (int at = chain; at >= 0; ) {
            oldest = at;
            facts.seek(reader, at);
            at = reader.i32();
            int kind = reader.u8();
            long timeNs = reader.i64();
            long tie = reader.i64();
            duplicates += tie != 0 && has(known, kind, timeNs, tie) ? 1 : 0;
        }
        return oldest;
    }

    void define(EventEnvelope envelope, TaskDefinition d) {
        int slot = slot(d.taskId(), d.attempt());
        if (begin(slot, DEFINITION, envelope)) {
            boolean normal = IdKind.TASK.isNormal(d.parentTaskId());
            writer.varint(shapes.numberOf(TaskShape.of(d))).i64(AttemptIndex.uniqueOf(d.parentTaskId(), normal))
                    .varint(d.parentTaskId().isEmpty() ? 0
                            : 1 + index.tailNumberOf(d.parentTaskId(), normal));
            newest[slot] = facts.add(writer);
        }
    }

    void update(TaskLifecycleEvent e) {
        int slot = slot(e.taskId(), e.attempt());
        if (!begin(slot, LIFECYCLE, e.envelope())) {
            return;
        }
        writer.varint(e.transitions().size());
        for (TaskTransition t : e.transitions()) {
            writer.u8(t.state().ordinal()).i64(t.timeNs());
        }
        text(e.envelope().nodeId());
        text(e.nodeId());
        text(e.workerId());
        writer.varint(e.workerPid());
        text(e.actorReprName());
        writer.u8(e.debuggerPaused() == null ? 0 : e.debuggerPaused() ? 2 : 1);
        writer.varint(e.error() == null ? 0 : 1 + errors.numberOf(e.error()));
        TaskLogInfo log = e.logInfo();
        writer.u8(log == null ? 0 : 1);
        if (log != null) {
            text(log.stdoutFile());
            text(log.stderrFile());
            writer.varint(log.stdoutStart() + 1).varint(log.stdoutEnd() + 1)
                    .varint(log.stderrStart() + 1).varint(log.stderrEnd() + 1);
        }
        newest[slot] = facts.add(writer);
    }

    void profile(TaskProfileEvent e) {
        int slot = slot(e.taskId(), e.attempt());
        if (!begin(slot, PROFILE, e.envelope())) {
            return;
        }
        text(e.componentType());
        text(e.componentId());
        text(e.nodeIpAddress());
        text(e.envelope().nodeId());
        writer.varint(e.spans().size());
        for (ProfileSpan span : e.spans()) {
            text(span.name());
            writer.i64(span.startNs()).i64(span.endNs());
            text(ExtraData.pack(span.extraData(), e.taskId()));
        }
        newest[slot] = facts.add(writer);
    }

    private void text(String text) {
        writer.varint(texts.numberOf(text));
    }

    private int slot(String taskId, int attempt) {
        boolean normal = index.isNormal(taskId);
        return slot(AttemptIndex.uniqueOf(taskId, normal), index.tailNumberOf(taskId, normal), attempt);
    }

    private int slot(long unique, int tailNumber, int attempt) {
        int before = index.size();
        int slot = index.slotOf(unique, tailNumber, attempt);
        if (slot == before) {
            if (slot == newest.length) {
                newest = Arrays.copyOf(newest, slot * 2);
            }
            newest[slot] = -1;
        }
        return slot;
    }

    /** Writes a fact's head; false, and counted, if the attempt already has this very event. */
    private boolean begin(int slot, int kind, EventEnvelope envelope) {
        long tie = Stamp.tieOf(envelope.eventId());
        if (tie != 0 && has(newest[slot], kind, envelope.timeNs(), tie)) {
            duplicates++;
            return false;
        }
        writer.i32(newest[slot]).u8(kind).i64(envelope.timeNs()).i64(tie);
        return true;
    }

    private boolean has(int chain, int kind, long timeNs, long tie) {
        PackedBytes.Reader reader = null;
        for (int at = chain; at >= 0; ) {
            if (reader == null) {
                reader = facts.at(at);
            } else {
                facts.seek(reader, at);
            }
            at = reader.i32();
            if (reader.u8() == kind && reader.i64() == timeNs && reader.i64() == tie) {
                return true;
            }
        }
        return false;
    }

    void name(PrintedName name) {
        printedNames.put(name.taskId() + name.attempt(), name.name());
    }

    /** The name that a worker printed before it ran an attempt, {@code ""} when none is known. */
    String printedName(String taskId, int attempt) {
        return printedNames.getOrDefault(taskId + attempt, "");
    }

    AttemptIndex index() {
        return index;
    }

    PackedBytes facts() {
        return facts;
    }

    int newestFact(int slot) {
        return newest[slot];
    }

    Interned<TaskShape> shapes() {
        return shapes;
    }

    Interned<TaskError> errors() {
        return errors;
    }

    Interned<String> texts() {
        return texts;
    }

    long duplicates() {
        return duplicates;
    }
}
