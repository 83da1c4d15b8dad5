package io.rayhistory.domain.history;

import io.rayhistory.domain.event.TaskError;
import io.rayhistory.domain.event.TaskLogInfo;
import io.rayhistory.domain.event.TaskState;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;

/**
 * Folds the facts of one attempt into what is true of it: per field the newest event that tells it, per state the latest
 * time, spans as a set. The result depends on the facts alone, never on their order. One instance folds attempt after
 * attempt; its fields hold the last one.
 */
final class AttemptFold {
    private static final TaskState[] STATES = TaskState.values();

    /** Fields that one event may tell and another leave out; each remembers the stamp of the event it came from. */
    private enum Field {
        DEFINITION, RAN_ON, NODE, WORKER, PID, REPR, PAUSED, ERROR,
        OUT_FILE, ERR_FILE, OUT_START, OUT_END, ERR_START, ERR_END, COMPONENT
    }

    private static final int FIELDS = Field.values().length;
    private static final Field[] LOG_FIELDS = EnumSet.range(Field.OUT_FILE, Field.ERR_END).toArray(Field[]::new);

    private final TaskFacts facts;
    private final PackedBytes.Reader in;
    private final long[] value = new long[FIELDS];
    private final long[] timeNs = new long[FIELDS];
    private final long[] tie = new long[FIELDS];
    private final long[] stateNs = new long[STATES.length];
    private final List<PackedSpan> spans = new ArrayList<>();
    private final Comparator<PackedSpan> spanOrder;
    private int stateMask;
    private int slot;
    private long parentUnique;
    private int parentTail;
    private int componentId;
    private int componentIp;

    AttemptFold(TaskFacts facts) {
        this.facts = facts;
        this.in = facts.index().size() == 0 ? null : facts.facts().at(facts.newestFact(0));
        this.spanOrder = Comparator.comparingLong(PackedSpan::endNs).thenComparingLong(PackedSpan::startNs)
                .thenComparing(s -> facts.texts().get(s.name())).thenComparing(s -> facts.texts().get(s.extra()));
    }

    /** Folds the attempt of a slot; the accessors below then speak of it. */
    AttemptFold fold(int newSlot) {
        slot = newSlot;
        Arrays.fill(value, -1);
        Arrays.fill(stateNs, 0);
        stateMask = 0;
        spans.clear();
        for (int at = facts.newestFact(slot); at >= 0; ) {
            facts.facts().seek(in, at);
            at = in.i32();
            int kind = in.u8();
            long time = in.i64();
            long ties = in.i64();
            switch (kind) {
                case TaskFacts.DEFINITION -> readDefinition(time, ties);
                case TaskFacts.LIFECYCLE -> readLifecycle(time, ties);
                default -> readProfile(time, ties);
            }
        }
        orderSpans();
        return this;
    }

    private void readDefinition(long time, long ties) {
        long shape = in.varint();
        long unique = in.i64();
        int tail = in.varintInt();
        if (offer(Field.DEFINITION, shape, time, ties)) {
            parentUnique = unique;
            parentTail = tail;
        }
    }

    private void readLifecycle(long time, long ties) {
        for (long left = in.varint(); left > 0; left--) {
            enter(in.u8(), in.i64());
        }
        int envelopeNode = in.varintInt();
        long node = in.varint();
        long worker = in.varint();
        long pid = in.varint();
        offerText(Field.NODE, node, time, ties);
        offerText(Field.WORKER, worker, time, ties);
        if (pid != 0) {
            // Only the executor knows its pid: its own node is where the attempt ran.
            offer(Field.PID, pid, time, ties);
            offerText(Field.RAN_ON, envelopeNode, time, ties);
        }
        offerText(Field.REPR, in.varint(), time, ties);
        offerIfSet(Field.PAUSED, in.u8(), time, ties);
        offerIfSet(Field.ERROR, in.varint(), time, ties);
        if (in.u8() == 1) {
            offerText(Field.OUT_FILE, in.varint(), time, ties);
            offerText(Field.ERR_FILE, in.varint(), time, ties);
            offerIfSet(Field.OUT_START, in.varint(), time, ties);
            offerIfSet(Field.OUT_END, in.varint(), time, ties);
            offerIfSet(Field.ERR_START, in.varint(), time, ties);
            offerIfSet(Field.ERR_END, in.varint(), time, ties);
            offerText(Field.RAN_ON, envelopeNode, time, ties);
        }
    }

    private void readProfile(long time, long ties) {
        long type = in.varint();
        int id = in.varintInt();
        int ip = in.varintInt();
        int envelopeNode = in.varintInt();
        if (offer(Field.COMPONENT, type, time, ties)) {
            componentId = id;
            componentIp = ip;
        }
        if (facts.texts().get((int) type).equals("worker")) {
            offerText(Field.RAN_ON, envelopeNode, time, ties);
        }
        for (long left = in.varint(); left > 0; left--) {
            spans.add(new PackedSpan(in.varintInt(), in.i64(), in.i64(), in.varintInt()));
        }
    }

    private void enter(int state, long atNs) {
        // A restarted actor's creation task reports RUNNING twice; the live dashboard shows the later one.
        stateNs[state] = (stateMask & 1 << state) == 0 ? atNs : Math.max(stateNs[state], atNs);
        stateMask |= 1 << state;
    }

    private void offerText(Field field, long number, long time, long ties) {
        if (!facts.texts().get((int) number).isEmpty()) {
            offer(field, number, time, ties);
        }
    }

    private void offerIfSet(Field field, long number, long time, long ties) {
        if (number != 0) {
            offer(field, number, time, ties);
        }
    }

    /** Takes the value if its event is newer than the one the field came from; events without id tie-break by content. */
    private boolean offer(Field field, long offered, long time, long ties) {
        int f = field.ordinal();
        if (value[f] >= 0) {
            int order = time != timeNs[f] ? Long.compare(time, timeNs[f]) : Long.compareUnsigned(ties, tie[f]);
            if (order < 0 || order == 0 && content(field, offered).compareTo(content(field, value[f])) <= 0) {
                return false;
            }
        }
        value[f] = offered;
        timeNs[f] = time;
        tie[f] = ties;
        return true;
    }

    private String content(Field field, long number) {
        return switch (field) {
            case DEFINITION -> facts.shapes().get((int) number).toString();
            case ERROR -> facts.errors().get((int) number - 1).toString();
            case RAN_ON, NODE, WORKER, REPR, OUT_FILE, ERR_FILE, COMPONENT -> facts.texts().get((int) number);
            case PID, PAUSED, OUT_START, OUT_END, ERR_START, ERR_END -> Long.toString(number);
        };
    }

    private void orderSpans() {
        if (spans.size() > 1) {
            spans.sort(spanOrder);
            int kept = 1;
            for (int i = 1; i < spans.size(); i++) {
                if (!spans.get(i).equals(spans.get(kept - 1))) {
                    spans.set(kept++, spans.get(i));
                }
            }
            spans.subList(kept, spans.size()).clear();
        }
    }

    private boolean known(Field field) {
        return value[field.ordinal()] >= 0;
    }

    private String text(Field field) {
        return known(field) ? facts.texts().get((int) value[field.ordinal()]) : "";
    }

    private long offset(Field field) {
        return known(field) ? value[field.ordinal()] - 1 : TaskLogInfo.ABSENT;
    }

    int slot() {
        return slot;
    }

    boolean defined() {
        return known(Field.DEFINITION);
    }

    /** Only when {@link #defined()}. */
    TaskShape shape() {
        return facts.shapes().get((int) value[Field.DEFINITION.ordinal()]);
    }

    long parentUnique() {
        return parentUnique;
    }

    /** 0 when the owner told no parent, else one more than its number among the index's tails. */
    int parentTail() {
        return defined() ? parentTail : 0;
    }

    /** Bit n: the attempt entered the state of number n. */
    int stateMask() {
        return stateMask;
    }

    long stateNs(TaskState state) {
        return stateNs[state.ordinal()];
    }

    boolean entered(TaskState state) {
        return (stateMask & 1 << state.ordinal()) != 0;
    }

    /** The highest-ranked state entered: never the latest by time. */
    TaskState state() {
        TaskState best = TaskState.NIL;
        for (TaskState state : STATES) {
            if (entered(state) && state.rank() > best.rank()) {
                best = state;
            }
        }
        return best;
    }

    String nodeId() {
        return text(Field.NODE);
    }

    String workerId() {
        return text(Field.WORKER);
    }

    int workerPid() {
        return known(Field.PID) ? (int) value[Field.PID.ordinal()] : 0;
    }

    String actorReprName() {
        return text(Field.REPR);
    }

    Boolean debuggerPaused() {
        return known(Field.PAUSED) ? value[Field.PAUSED.ordinal()] == 2 : null;
    }

    String ranOnNodeId() {
        return text(Field.RAN_ON);
    }

    /** {@code null} when nobody told one. */
    TaskError error() {
        return known(Field.ERROR) ? facts.errors().get((int) value[Field.ERROR.ordinal()] - 1) : null;
    }

    /** {@code null} when nothing was told. */
    TaskLogInfo logInfo() {
        boolean told = false;
        for (Field field : LOG_FIELDS) {
            told |= known(field);
        }
        return !told ? null : new TaskLogInfo(text(Field.OUT_FILE), text(Field.ERR_FILE), offset(Field.OUT_START),
                offset(Field.OUT_END), offset(Field.ERR_START), offset(Field.ERR_END));
    }

    /** {@code null} when no spans were measured. */
    TaskComponent component() {
        return known(Field.COMPONENT) ? new TaskComponent(text(Field.COMPONENT), facts.texts().get(componentId),
                facts.texts().get(componentIp)) : null;
    }

    /** In (end, start, name) order, without repeats. */
    List<PackedSpan> spans() {
        return spans;
    }
}
