package io.rayhistory.adapters.json;

import io.rayhistory.domain.event.ActorDeathCause;
import io.rayhistory.domain.event.ActorDefinitionEvent;
import io.rayhistory.domain.event.ActorLifecycleEvent;
import io.rayhistory.domain.event.ActorState;
import io.rayhistory.domain.event.ActorTransition;
import io.rayhistory.domain.id.IdKind;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** ACTOR_DEFINITION_EVENT and ACTOR_LIFECYCLE_EVENT. */
final class Actors {
    private Actors() {
    }

    static Payload definition(FieldReader in) throws IOException, InvalidField {
        String actorId = "";
        String jobId = "";
        boolean detached = false;
        String name = "";
        String namespace = "";
        String runtimeEnv = "";
        String className = "";
        Map<String, Double> resources = Map.of();
        String placementGroupId = "";
        Map<String, String> labelSelector = Map.of();
        String callSite = "";
        String parentId = "";
        for (String field = in.open(); field != null; field = in.next()) {
            switch (field) {
                case "actorId", "actor_id" -> actorId = in.id(IdKind.ACTOR);
                case "jobId", "job_id" -> jobId = in.id(IdKind.JOB);
                case "isDetached", "is_detached" -> detached = in.bool();
                case "name" -> name = in.text();
                case "rayNamespace", "ray_namespace" -> namespace = in.text();
                case "serializedRuntimeEnv", "serialized_runtime_env" -> runtimeEnv = in.text();
                case "className", "class_name" -> className = in.text();
                case "requiredResources", "required_resources" -> resources = DataMaps.ofNumbers(in);
                case "placementGroupId", "placement_group_id" -> placementGroupId = in.id(IdKind.PLACEMENT_GROUP);
                case "labelSelector", "label_selector" -> labelSelector = DataMaps.ofTexts(in);
                case "callSite", "call_site" -> callSite = in.text();
                case "parentId", "parent_id" -> parentId = in.id(IdKind.TASK);
                default -> in.skip();
            }
        }
        in.require(actorId, "actorId");
        return definition(new ActorDefinitionEvent(null, actorId, jobId, detached, name, namespace, runtimeEnv,
                className, resources, placementGroupId, labelSelector, callSite, parentId));
    }

    private static Payload definition(ActorDefinitionEvent d) {
        return envelope -> new ActorDefinitionEvent(envelope, d.actorId(), d.jobId(), d.detached(), d.name(),
                d.rayNamespace(), d.serializedRuntimeEnv(), d.className(), d.requiredResources(),
                d.placementGroupId(), d.labelSelector(), d.callSite(), d.parentId());
    }

    static Payload lifecycle(FieldReader in) throws IOException, InvalidField {
        String actorId = "";
        List<ActorTransition> transitions = new ArrayList<>(2);
        for (String field = in.open(); field != null; field = in.next()) {
            switch (field) {
                case "actorId", "actor_id" -> actorId = in.id(IdKind.ACTOR);
                case "stateTransitions", "state_transitions" -> {
                    for (boolean more = in.openArray(); more; more = in.nextElement()) {
                        transition(in, transitions);
                    }
                }
                default -> in.skip();
            }
        }
        String id = in.require(actorId, "actorId");
        List<ActorTransition> all = List.copyOf(transitions);
        return envelope -> new ActorLifecycleEvent(envelope, id, all);
    }

    private static void transition(FieldReader in, List<ActorTransition> transitions)
            throws IOException, InvalidField {
        String state = "";
        long time = 0;
        String nodeId = "";
        String workerId = "";
        String reprName = "";
        ActorDeathCause deathCause = null;
        long pid = 0;
        int port = 0;
        String restartReason = "";
        for (String field = in.open(); field != null; field = in.next()) {
            switch (field) {
                case "state" -> state = in.name(EnumNames.ACTOR_STATE);
                case "timestamp" -> time = in.time();
                case "nodeId", "node_id" -> nodeId = in.id(IdKind.NODE);
                case "workerId", "worker_id" -> workerId = in.id(IdKind.WORKER);
                case "reprName", "repr_name" -> reprName = in.text();
                case "deathCause", "death_cause" -> deathCause = DeathCauses.read(in);
                case "pid" -> pid = in.integer();
                case "port" -> port = in.int32();
                case "restartReason", "restart_reason" -> restartReason = in.name(EnumNames.RESTART);
                default -> in.skip();
            }
        }
        for (ActorState known : ActorState.values()) {
            if (known.name().equals(state) || state.isEmpty() && known.ordinal() == 0) {
                transitions.add(new ActorTransition(known, time, nodeId, workerId, reprName, deathCause, pid, port,
                        restartReason));
            }
        }
    }
}
