package io.rayhistory.adapters.json;

import io.rayhistory.domain.event.BundleSpec;
import io.rayhistory.domain.event.PlacementGroupDefinitionEvent;
import io.rayhistory.domain.event.PlacementGroupLifecycleEvent;
import io.rayhistory.domain.event.PlacementGroupTransition;
import io.rayhistory.domain.id.IdKind;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** PLACEMENT_GROUP_* events: defined since Ray 2.55, sent by no Ray up to 2.60. */
final class PlacementGroups {
    private PlacementGroups() {
    }

    static Payload definition(FieldReader in) throws IOException, InvalidField {
        String id = "";
        String name = "";
        String namespace = "";
        String strategy = EnumNames.STRATEGY[0];
        boolean detached = false;
        String jobId = "";
        String actorId = "";
        List<BundleSpec> bundles = new ArrayList<>();
        String nodeId = "";
        long received = 0;
        for (String field = in.open(); field != null; field = in.next()) {
            switch (field) {
                case "placementGroupId", "placement_group_id" -> id = in.id(IdKind.PLACEMENT_GROUP);
                case "name" -> name = in.text();
                case "rayNamespace", "ray_namespace" -> namespace = in.text();
                case "strategy" -> strategy = in.name(EnumNames.STRATEGY);
                case "isDetached", "is_detached" -> detached = in.bool();
                case "creatorJobId", "creator_job_id" -> jobId = in.id(IdKind.JOB);
                case "creatorActorId", "creator_actor_id" -> actorId = in.id(IdKind.ACTOR);
                case "softTargetNodeId", "soft_target_node_id" -> nodeId = in.id(IdKind.NODE);
                case "creationRequestReceivedNs", "creation_request_received_ns" -> received = in.integer();
                case "bundles" -> {
                    for (boolean more = in.openArray(); more; more = in.nextElement()) {
                        bundles.add(bundle(in));
                    }
                }
                default -> in.skip();
            }
        }
        in.require(id, "placementGroupId");
        return definition(new PlacementGroupDefinitionEvent(null, id, name, namespace, strategy, detached, jobId,
                actorId, List.copyOf(bundles), nodeId, received));
    }

    private static Payload definition(PlacementGroupDefinitionEvent d) {
        return envelope -> new PlacementGroupDefinitionEvent(envelope, d.placementGroupId(), d.name(),
                d.rayNamespace(), d.strategy(), d.detached(), d.creatorJobId(), d.creatorActorId(), d.bundles(),
                d.softTargetNodeId(), d.creationRequestReceivedNs());
    }

    private static BundleSpec bundle(FieldReader in) throws IOException, InvalidField {
        int index = 0;
        Map<String, Double> resources = Map.of();
        Map<String, String> labelSelector = Map.of();
        for (String field = in.open(); field != null; field = in.next()) {
            switch (field) {
                case "bundleIndex", "bundle_index" -> index = in.int32();
                case "unitResources", "unit_resources" -> resources = DataMaps.ofNumbers(in);
                case "labelSelector", "label_selector" -> labelSelector = DataMaps.ofTexts(in);
                default -> in.skip();
            }
        }
        return new BundleSpec(index, resources, labelSelector);
    }

    static Payload lifecycle(FieldReader in) throws IOException, InvalidField {
        String groupId = "";
        List<PlacementGroupTransition> transitions = new ArrayList<>(2);
        for (String field = in.open(); field != null; field = in.next()) {
            switch (field) {
                case "placementGroupId", "placement_group_id" -> groupId = in.id(IdKind.PLACEMENT_GROUP);
                case "stateTransitions", "state_transitions" -> {
                    for (boolean more = in.openArray(); more; more = in.nextElement()) {
                        transitions.add(transition(in));
                    }
                }
                default -> in.skip();
            }
        }
        String id = in.require(groupId, "placementGroupId");
        List<PlacementGroupTransition> all = List.copyOf(transitions);
        return envelope -> new PlacementGroupLifecycleEvent(envelope, id, all);
    }

    private static PlacementGroupTransition transition(FieldReader in) throws IOException, InvalidField {
        String state = EnumNames.PLACEMENT_GROUP_STATE[0];
        long time = 0;
        String scheduling = EnumNames.SCHEDULING_STATE[0];
        int attempt = 0;
        double delay = 0;
        Map<Integer, String> nodes = new LinkedHashMap<>();
        for (String field = in.open(); field != null; field = in.next()) {
            switch (field) {
                case "state" -> state = in.name(EnumNames.PLACEMENT_GROUP_STATE);
                case "timestamp" -> time = in.time();
                case "schedulingState", "scheduling_state" -> scheduling = in.name(EnumNames.SCHEDULING_STATE);
                case "schedulingAttempt", "scheduling_attempt" -> attempt = in.int32();
                case "highestRetryDelayMs", "highest_retry_delay_ms" -> delay = in.real();
                case "bundlePlacements", "bundle_placements" -> {
                    for (boolean more = in.openArray(); more; more = in.nextElement()) {
                        placement(in, nodes);
                    }
                }
                default -> in.skip();
            }
        }
        return new PlacementGroupTransition(state, time, scheduling, attempt, delay,
                Collections.unmodifiableMap(nodes));
    }

    private static void placement(FieldReader in, Map<Integer, String> nodes) throws IOException, InvalidField {
        int index = 0;
        String nodeId = "";
        for (String field = in.open(); field != null; field = in.next()) {
            switch (field) {
                case "bundleIndex", "bundle_index" -> index = in.int32();
                case "nodeId", "node_id" -> nodeId = in.id(IdKind.NODE);
                default -> in.skip();
            }
        }
        nodes.put(index, nodeId);
    }
}
