package io.rayhistory.domain.query;

import io.rayhistory.domain.event.TaskState;
import io.rayhistory.domain.history.Replay;
import io.rayhistory.domain.history.SessionHistory;
import io.rayhistory.domain.history.TaskEvents;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class LaneTimelineTest {

    private static Replay attempt(Replay replay, int task, int attempt, int worker, long start, TaskState end, long ms) {
        replay.add(TaskEvents.defined(task, attempt, "f" + task % 3, start));
        replay.add(TaskEvents.sentTo(task, attempt, TaskEvents.workerId(worker), start));
        if (end != TaskState.FAILED || ms != start) {
            replay.add(TaskEvents.entered(task, attempt, TaskState.RUNNING, start));
        }
        if (end != TaskState.RUNNING) {
            replay.add(TaskEvents.entered(task, attempt, end, ms));
        }
        return replay;
    }

    @Test
    void insideALaneSpansDoNotOverlapAndBothEndsRise() {
        for (long seed = 1; seed <= 40; seed++) {
            Random dice = new Random(seed);
            Replay replay = new Replay(TaskEvents.SESSION);
            int count = 1 + dice.nextInt(120);
            for (int task = 1; task <= count; task++) {
                long start = 1_000 + dice.nextInt(500);
                TaskState end = List.of(TaskState.FINISHED, TaskState.FAILED, TaskState.RUNNING).get(dice.nextInt(3));
                attempt(replay, task, 0, 1 + dice.nextInt(4), start, end, start + dice.nextInt(60));
            }
            SessionHistory history = replay.freeze();
            LaneTimeline timeline = LaneTimeline.of(history, "");
            assertEquals(count, timeline.size(), "seed " + seed);
            int next = 0;
            for (LaneTimeline.Lane lane : timeline.lanes()) {
                assertEquals(next, lane.first(), "seed " + seed);
                for (int span = lane.first() + 1; span < lane.first() + lane.count(); span++) {
                    assertTrue(timeline.start(span) >= timeline.start(span - 1) + timeline.duration(span - 1), "seed " + seed);
                }
                next += lane.count();
            }
            assertEquals(count, next, "seed " + seed);
            for (int span = 0; span < count; span++) {
                assertEquals(span, timeline.spanOf(timeline.row(span)), "seed " + seed);
                assertEquals(history.tasks().get(timeline.row(span)).name(), timeline.names().get(timeline.name(span)));
            }
        }
    }

    @Test
    void statesSayHowAnAttemptEndedAndUnfinishedOnesLastUntilTheRecordEnds() {
        Replay replay = new Replay(TaskEvents.SESSION);
        attempt(replay, 1, 0, 1, 1_000, TaskState.FAILED, 1_000);
        attempt(replay, 1, 1, 1, 1_100, TaskState.FINISHED, 1_200);
        attempt(replay, 2, 0, 2, 1_050, TaskState.RUNNING, 0);
        attempt(replay, 3, 0, 3, 1_300, TaskState.FAILED, 1_350);
        LaneTimeline timeline = LaneTimeline.of(replay.freeze(), "");
        assertEquals(1_000, timeline.t0Ms());
        assertEquals(100, timeline.unitUs());
        assertEquals(LaneTimeline.FAILED | LaneTimeline.RECOVERED_BIT, timeline.state(0));
        assertEquals(0, timeline.duration(0), "failed without ever running");
        assertEquals(LaneTimeline.FINISHED, timeline.state(1));
        assertEquals(1_000, timeline.duration(1));
        assertEquals(LaneTimeline.UNFINISHED, timeline.state(2));
        assertEquals(3_000, timeline.duration(2), "until 1,350");
        assertEquals(LaneTimeline.FAILED, timeline.state(3));
        assertEquals(0, LaneTimeline.of(replay.freeze(), "99000000").size());
        assertEquals(4, LaneTimeline.of(replay.freeze(), TaskEvents.JOB).size());
    }

    @Test
    void monthsFitIntoThirtyTwoBits() {
        Replay replay = new Replay(TaskEvents.SESSION);
        long month = 31L * 24 * 3600 * 1000;
        attempt(replay, 1, 0, 1, 1_000, TaskState.FINISHED, 1_000 + 6 * month);
        LaneTimeline timeline = LaneTimeline.of(replay.freeze(), "");
        assertTrue(timeline.duration(0) < 1L << 32);
        assertEquals(6 * month, timeline.duration(0) * timeline.unitUs() / 1_000);
        assertEquals(0, LaneTimeline.of(new Replay("session_x").freeze(), "").size());
    }
}
