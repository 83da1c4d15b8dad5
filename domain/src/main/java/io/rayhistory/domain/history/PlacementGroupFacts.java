package io.rayhistory.domain.history;

import io.rayhistory.domain.event.BundleSpec;
import io.rayhistory.domain.event.PlacementGroupDefinitionEvent;
import io.rayhistory.domain.event.PlacementGroupLifecycleEvent;
import io.rayhistory.domain.event.PlacementGroupTransition;
import io.rayhistory.domain.id.IdKind;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Collects placement group events, any order, any repeats, and folds them into {@link PlacementGroup}s. Not
 * thread-safe.
 */
final class PlacementGroupFacts {
    private final Subjects<PlacementGroupDefinitionEvent, PlacementGroupTransition> groups = new Subjects<>(
            List.of("PENDING", "PREPARED", "CREATED", "REMOVED", "RESCHEDULING"),
            PlacementGroupTransition::state, PlacementGroupTransition::timeNs);

    void add(PlacementGroupDefinitionEvent event) {
        groups.define(event.envelope(), event.placementGroupId(), event);
    }

    void add(PlacementGroupLifecycleEvent event) {
        groups.enter(event.envelope(), event.placementGroupId(), event.transitions());
    }

    /**
     * What events tell wins over what the dashboard once answered, for they go on after its last answer. Groups that
     * only tasks and actors name get no row: nothing would be known but their id.
     *
     * @param stored rows of a stored dashboard answer; of two with one id the later counts
     * @return in order of their ids
     */
    List<PlacementGroup> fold(Collection<PlacementGroup> stored) {
        TreeMap<String, PlacementGroup> rows = new TreeMap<>();
        stored.forEach(group -> rows.put(group.placementGroupId(), group));
        groups.byId().forEach((id, group) ->
                rows.put(id, fold(id, group.definition(), group.transitions(), rows.get(id))));
        return List.copyOf(rows.values());
    }

    private static PlacementGroup fold(String id, PlacementGroupDefinitionEvent d, List<PlacementGroupTransition> all,
                                       PlacementGroup stored) {
        PlacementGroupTransition last = all.isEmpty() ? null : all.get(all.size() - 1);
        if (d == null && stored != null) {
            return new PlacementGroup(id, stored.name(), stored.creatorJobId(),
                    last == null ? stored.state() : last.state(), stored.bundles(), stored.detached(), stored.stats());
        }
        String jobId = d == null || d.creatorJobId().isEmpty() ? jobOf(id) : d.creatorJobId();
        return new PlacementGroup(id, d == null ? "" : d.name(), jobId, last == null ? "PENDING" : last.state(),
                bundles(d, all), d != null && d.detached(), stats(d, all, last));
    }

    private static List<PlacementGroup.Bundle> bundles(PlacementGroupDefinitionEvent d,
                                                       List<PlacementGroupTransition> all) {
        Map<Integer, String> placed = Map.of();
        for (PlacementGroupTransition t : all) {
            placed = t.bundleNodes().isEmpty() ? placed : t.bundleNodes();
        }
        List<PlacementGroup.Bundle> bundles = new ArrayList<>();
        if (d == null) {
            new TreeMap<>(placed).forEach((index, node) ->
                    bundles.add(new PlacementGroup.Bundle(index, Map.of(), IdKind.NODE.orAbsent(node), Map.of())));
        } else {
            for (BundleSpec spec : d.bundles()) {
                bundles.add(new PlacementGroup.Bundle(spec.index(), spec.unitResources(),
                        IdKind.NODE.orAbsent(placed.getOrDefault(spec.index(), "")), spec.labelSelector()));
            }
        }
        return List.copyOf(bundles);
    }

    private static PlacementGroup.Stats stats(PlacementGroupDefinitionEvent d, List<PlacementGroupTransition> all,
                                              PlacementGroupTransition last) {
        long received = d == null ? 0 : d.creationRequestReceivedNs();
        long started = firstNs(all, t -> t.schedulingState().equals("SCHEDULING_STARTED"));
        long created = firstNs(all, t -> t.state().equals("CREATED"));
        String scheduling = last == null ? "" : last.schedulingState();
        return new PlacementGroup.Stats(received, started, microsBetween(started, created),
                microsBetween(received, created), last == null ? 0 : last.schedulingAttempt(),
                scheduling.equals("SCHEDULING_REMOVED") ? "REMOVED" : scheduling,
                last == null ? 0 : last.highestRetryDelayMs());
    }

    private static long firstNs(List<PlacementGroupTransition> all,
                                Predicate<PlacementGroupTransition> which) {
        return all.stream().filter(which).mapToLong(PlacementGroupTransition::timeNs).findFirst().orElse(0);
    }

    private static long microsBetween(long fromNs, long toNs) {
        return fromNs == 0 || toNs < fromNs ? 0 : (toNs - fromNs) / 1000;
    }

    private static String jobOf(String placementGroupId) {
        return IdKind.PLACEMENT_GROUP.isNormal(placementGroupId) ? placementGroupId.substring(28) : "";
    }
}
