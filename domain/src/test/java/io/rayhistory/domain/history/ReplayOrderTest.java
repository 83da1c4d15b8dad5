package io.rayhistory.domain.history;

import io.rayhistory.domain.event.RayEvent;
import io.rayhistory.domain.event.TaskLogInfo;
import io.rayhistory.domain.event.TaskState;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Replay is a function of the set of events: shuffled, repeated and split, they give the same history. */
class ReplayOrderTest {

    @Test
    void anyOrderAndAnyRepeatsGiveTheSameHistory() {
        for (long seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            List<RayEvent> events = randomEvents(random);
            String expected = describe(events);
            List<RayEvent> other = new ArrayList<>(events);
            for (int i = random.nextInt(20); i > 0; i--) {
                other.add(events.get(random.nextInt(events.size())));
            }
            Collections.shuffle(other, random);
            assertEquals(expected, describe(other), "seed " + seed);
            assertEquals(expected, describeInParts(other, 1 + random.nextInt(4), random), "in parts, seed " + seed);
        }
    }

    static List<RayEvent> randomEvents(Random random) {
        List<RayEvent> events = new ArrayList<>();
        TaskState[] states = TaskState.values();
        for (int i = 0; i < 60; i++) {
            int task = random.nextInt(6);
            int attempt = random.nextInt(2);
            // Few distinct times, so that events tie and only their ids decide.
            long ms = 1 + random.nextInt(4);
            switch (random.nextInt(8)) {
                case 0 -> events.add(TaskEvents.defined(task, attempt, "f" + random.nextInt(3), ms));
                case 1 -> events.add(TaskEvents.failed(task, attempt, "E" + random.nextInt(3), "m", ms));
                case 2 -> events.add(TaskEvents.sentTo(task, attempt, TaskEvents.workerId(random.nextInt(3)), ms));
                case 3 -> events.add(TaskEvents.running(task, attempt, 1 + random.nextInt(3), new TaskLogInfo("/logs/o",
                        "", random.nextInt(3), -1, -1, random.nextInt(5)), ms));
                case 4 -> events.add(TaskEvents.spans(task, attempt, random.nextInt(3), ms,
                        TaskEvents.span("task::n" + random.nextInt(2), ms, ms + random.nextInt(3), "{}"),
                        TaskEvents.span("task:execute", ms, ms, "{}")));
                case 5 -> events.add(TaskEvents.workerDied(random.nextInt(3), "USER_ERROR", "d" + random.nextInt(2), ms));
                case 6 -> events.add(random.nextInt(6) == 0 ? TaskEvents.jobFinished(ms)
                        : TaskEvents.entered(task, attempt, TaskState.FINISHED, ms));
                default -> events.add(TaskEvents.entered(task, attempt, states[random.nextInt(states.length)], ms));
            }
        }
        return events;
    }

    @Test
    void repeatsAreCountedWhicheverPartsTheyCameThrough() {
        for (long seed = 1; seed <= 50; seed++) {
            Random random = new Random(seed);
            List<RayEvent> events = new ArrayList<>(randomEvents(random));
            events.addAll(events);
            Replay whole = new Replay(TaskEvents.SESSION);
            events.forEach(whole::add);
            Replay parted = new Replay(TaskEvents.SESSION);
            addInParts(parted, events, 3, random);
            parted.freeze();
            assertEquals(whole.duplicates(), parted.duplicates(), "seed " + seed);
        }
    }

    private static String describeInParts(List<RayEvent> events, int count, Random random) {
        Replay replay = new Replay(TaskEvents.SESSION);
        addInParts(replay, events, count, random);
        return describe(replay.freeze());
    }

    private static void addInParts(Replay replay, List<RayEvent> events, int count, Random random) {
        List<ReplayPart> parts = Stream.generate(replay::part).limit(count).toList();
        events.forEach(event -> parts.get(random.nextInt(count)).add(event));
    }

    static String describe(List<RayEvent> events) {
        Replay replay = new Replay(TaskEvents.SESSION);
        events.forEach(replay::add);
        return describe(replay.freeze());
    }

    /** Everything a history tells, as text. */
    static String describe(SessionHistory history) {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < history.tasks().size(); row++) {
            Task t = history.tasks().get(row);
            text.append(String.join("|", t.taskId(), t.attempt() + "", t.name(), t.state().name(), t.workerId(),
                    t.workerPid() + "", t.errorType(), t.errorMessage(), t.transitions().toString(), t.actorId(),
                    t.profile().toString(), t.logInfo().toString(), t.provenance().name(), t.inferredFrom())).append('\n');
        }
        return text.append(history.workers()).append(history.jobs()).append(history.nodes())
                .append(history.hiddenAttempts()).append(history.recordEndNs()).toString();
    }
}
