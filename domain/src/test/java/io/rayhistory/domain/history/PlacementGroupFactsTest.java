package io.rayhistory.domain.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rayhistory.domain.event.BundleSpec;
import io.rayhistory.domain.event.PlacementGroupDefinitionEvent;
import io.rayhistory.domain.event.PlacementGroupLifecycleEvent;
import io.rayhistory.domain.event.PlacementGroupTransition;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class PlacementGroupFactsTest {
    private static final String GROUP = "135e95d4188975a3935d21fa18c502000000";
    private final PlacementGroupFacts facts = new PlacementGroupFacts();

    private static PlacementGroup stored(String state) {
        return new PlacementGroup(GROUP, "pg1", "02000000", state, List.of(), false,
                new PlacementGroup.Stats(1, 2, 3, 4, 5, "FINISHED", 6));
    }

    private static PlacementGroupTransition was(String state, String scheduling, long ms, Map<Integer, String> nodes) {
        return new PlacementGroupTransition(state, Told.ns(ms), scheduling, 1, 0, nodes);
    }

    @Test
    void storedRowsAreKeptByIdTheLaterWins() {
        assertEquals(List.of(stored("REMOVED")), facts.fold(List.of(stored("CREATED"), stored("REMOVED"))));
    }

    @Test
    void eventsTellStateBundlesAndLatencies() {
        facts.add(new PlacementGroupDefinitionEvent(Told.at(1), GROUP, "pg1", "ns", "PACK", true, "", "",
                List.of(new BundleSpec(0, Map.of("CPU", 0.5), Map.of()), new BundleSpec(1, Map.of("CPU", 1.0), Map.of())),
                "", Told.ns(1)));
        facts.add(new PlacementGroupLifecycleEvent(Told.at(9), GROUP, List.of(
                was("REMOVED", "SCHEDULING_REMOVED", 9, Map.of()),
                was("CREATED", "FINISHED", 5, Map.of(0, Told.NODE)),
                was("PENDING", "SCHEDULING_STARTED", 2, Map.of()))));
        assertEquals(List.of(new PlacementGroup(GROUP, "pg1", "02000000", "REMOVED", List.of(
                new PlacementGroup.Bundle(0, Map.of("CPU", 0.5), Told.NODE, Map.of()),
                new PlacementGroup.Bundle(1, Map.of("CPU", 1.0), "", Map.of())), true,
                new PlacementGroup.Stats(Told.ns(1), Told.ns(2), 3000, 4000, 1, "REMOVED", 0))),
                facts.fold(List.of()));
    }

    @Test
    void transitionsWithoutDefinitionMoveAStoredRowOn() {
        facts.add(new PlacementGroupLifecycleEvent(Told.at(9), GROUP, List.of(was("REMOVED", "", 9, Map.of()))));
        assertEquals("REMOVED", facts.fold(List.of(stored("CREATED"))).get(0).state());
        assertEquals("pg1", facts.fold(List.of(stored("CREATED"))).get(0).name());
        assertEquals("02000000", facts.fold(List.of()).get(0).creatorJobId());
    }
}
