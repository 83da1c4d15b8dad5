package io.rayhistory.domain.history;

import io.rayhistory.domain.event.RayEvent;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes some of a {@link Replay}'s events on a thread of its own. Task events, which are nearly all there are, become
 * packed facts at once; the others are kept for the replay itself. For one thread; {@link Replay#freeze} must come after
 * all that thread did.
 */
public final class ReplayPart {
    final EventIntake tasks;
    final List<RayEvent> others = new ArrayList<>();

    ReplayPart(EventIntake tasks) {
        this.tasks = tasks;
    }

    /** Takes an event of the session, in any order, any number of times. */
    public void add(RayEvent event) {
        if (EventIntake.isAboutTask(event)) {
            tasks.take(event);
        } else {
            others.add(event);
        }
    }
}
