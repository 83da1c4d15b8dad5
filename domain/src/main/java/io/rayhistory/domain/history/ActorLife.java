package io.rayhistory.domain.history;

import io.rayhistory.domain.event.ActorDeathCause;
import io.rayhistory.domain.event.ActorState;
import io.rayhistory.domain.event.ActorTransition;
import io.rayhistory.domain.id.IdKind;

import java.util.ArrayList;
import java.util.List;

/**
 * One actor's transitions, oldest first, read the way the dashboard reads them
 * (Ray: {@code src/ray/gcs/gcs_server/gcs_actor_manager.cc}). DEAD is often reported twice: its end is the first DEAD
 * of the final death, its last transition the second. Immutable.
 */
final class ActorLife {
    private static final ActorPlacement NOWHERE = new ActorPlacement(0, "", "", 0, 0);

    private final List<ActorTransition> transitions;
    private final List<ActorPlacement> placements;

    ActorLife(List<ActorTransition> transitions) {
        this.transitions = transitions;
        List<ActorPlacement> alive = new ArrayList<>();
        for (ActorTransition t : transitions) {
            if (t.state() == ActorState.ALIVE) {
                alive.add(new ActorPlacement(t.timeNs(), IdKind.NODE.orAbsent(t.nodeId()),
                        IdKind.WORKER.orAbsent(t.workerId()), t.pid(), t.port()));
            }
        }
        placements = List.copyOf(alive);
    }

    ActorState state() {
        return transitions.isEmpty() ? ActorState.DEPENDENCIES_UNREADY : last().state();
    }

    long lastNs() {
        return transitions.isEmpty() ? 0 : last().timeNs();
    }

    /** Every ALIVE. */
    List<ActorPlacement> placements() {
        return placements;
    }

    /** The last ALIVE; all absent when there was none. */
    ActorPlacement placement() {
        return placements.isEmpty() ? NOWHERE : placements.get(placements.size() - 1);
    }

    long firstAliveNs() {
        return placements.isEmpty() ? 0 : placements.get(0).timeNs();
    }

    /** The first DEAD that no restart followed, 0 when there is none. */
    long endNs() {
        long end = 0;
        for (ActorTransition t : transitions) {
            if (t.state() == ActorState.ALIVE || t.state() == ActorState.RESTARTING) {
                end = 0;
            } else if (t.state() == ActorState.DEAD && end == 0) {
                end = t.timeNs();
            }
        }
        return end;
    }

    /** @param reason {@code ""} counts all of them */
    int restarts(String reason) {
        int restarts = 0;
        for (ActorTransition t : transitions) {
            if (t.state() == ActorState.RESTARTING && (reason.isEmpty() || reason.equals(t.restartReason()))) {
                restarts++;
            }
        }
        return restarts;
    }

    /** {@code null} while not dead, or when nothing told one. */
    ActorDeathCause deathCause() {
        return state() == ActorState.DEAD ? lastCause() : null;
    }

    /** The last cause any transition told, also one of an earlier incarnation; {@code null} if none did. */
    ActorDeathCause lastCause() {
        for (int i = transitions.size() - 1; i >= 0; i--) {
            if (transitions.get(i).deathCause() != null) {
                return transitions.get(i).deathCause();
            }
        }
        return null;
    }

    String reprName() {
        for (int i = transitions.size() - 1; i >= 0; i--) {
            if (!transitions.get(i).reprName().isEmpty()) {
                return transitions.get(i).reprName();
            }
        }
        return "";
    }

    private ActorTransition last() {
        return transitions.get(transitions.size() - 1);
    }
}
