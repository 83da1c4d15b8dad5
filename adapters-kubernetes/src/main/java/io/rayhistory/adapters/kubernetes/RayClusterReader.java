package io.rayhistory.adapters.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.rayhistory.application.port.ClusterHead;
import io.rayhistory.application.port.HeadAuth;
import io.rayhistory.application.port.LiveCluster;
import io.rayhistory.application.port.LiveCluster.Suspension;
import io.rayhistory.application.port.LiveCluster.Suspension.Phase;
import io.rayhistory.domain.id.ClusterRef;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What we read of a RayCluster (KubeRay: ray-operator/apis/ray/v1/raycluster_types.go); everything else is forgotten at
 * once. Unknown fields are ignored; {@code status} is absent until the operator has run. Of the status, {@code state} is
 * only used for suspension and {@code RayClusterProvisioned} not at all: neither goes back when a head dies.
 */
final class RayClusterReader {
    private static final int DASHBOARD_PORT = 8265;

    private RayClusterReader() {
    }

    static LiveCluster read(String context, GenericKubernetesResource resource) {
        ObjectMeta meta = resource.getMetadata();
        Map<String, Object> spec = map(resource.get("spec"));
        Map<String, Object> status = map(resource.get("status"));
        return new LiveCluster(cluster(meta), context, text(meta.getUid()), Fields.time(meta.getCreationTimestamp()),
                meta.getDeletionTimestamp() != null, suspension(spec, status), head(spec, status), auth(meta.getName(), spec),
                Fields.text(spec, "rayVersion"));
    }

    /**
     * Of a RayService: the cluster that serves now, {@code ""} if none does. During an upgrade there are two
     * (KubeRay: ray-operator/apis/ray/v1/rayservice_types.go).
     */
    static String activeCluster(GenericKubernetesResource service) {
        return Fields.text(service.get("status"), "activeServiceStatus", "rayClusterName");
    }

    /** The controller's word is worth more than labels, which anybody may write. */
    private static ClusterRef cluster(ObjectMeta meta) {
        String namespace = text(meta.getNamespace());
        for (OwnerReference owner : Objects.requireNonNullElse(meta.getOwnerReferences(), List.<OwnerReference>of())) {
            if (Boolean.TRUE.equals(owner.getController())) {
                return ClusterRef.of(namespace, meta.getName(), text(owner.getKind()), text(owner.getName()));
            }
        }
        Map<String, String> labels = Objects.requireNonNullElse(meta.getLabels(), Map.of());
        return ClusterRef.of(namespace, meta.getName(), labels.getOrDefault("ray.io/originated-from-crd", ""),
                labels.getOrDefault("ray.io/originated-from-cr-name", ""));
    }

    private static Suspension suspension(Map<String, Object> spec, Map<String, Object> status) {
        Map<String, Object> suspended = condition(status, "RayClusterSuspended");
        Map<String, Object> suspending = condition(status, "RayClusterSuspending");
        if (holds(suspended) || Fields.text(status, "state").equals("suspended")) {
            return new Suspension(Phase.SUSPENDED, Fields.time(suspended, "lastTransitionTime"));
        }
        if (holds(suspending) || Fields.truth(spec, "suspend") && head(spec, status).gone()) {
            return new Suspension(Phase.SUSPENDING, Fields.time(suspending, "lastTransitionTime"));
        }
        return new Suspension(Phase.AWAKE, Fields.time(suspended, "lastTransitionTime"));
    }

    private static ClusterHead head(Map<String, Object> spec, Map<String, Object> status) {
        return new ClusterHead(holds(condition(status, "HeadPodReady")), Fields.text(status, "head", "podName"),
                Fields.text(status, "head", "serviceIP"), Fields.text(status, "head", "serviceName"), port(spec));
    }

    private static int port(Map<String, Object> spec) {
        List<?> containers = Fields.list(spec, "headGroupSpec", "template", "spec", "containers");
        for (Object port : containers.isEmpty() ? List.of() : Fields.list(containers.get(0), "ports")) {
            if (Fields.text(port, "name").equals("dashboard") && Fields.at(port, "containerPort") instanceof Integer number) {
                return number;
            }
        }
        return DASHBOARD_PORT;
    }

    private static HeadAuth auth(String cluster, Map<String, Object> spec) {
        if (!(Fields.at(spec, "authOptions") instanceof Map<?, ?> options)) {
            return HeadAuth.NONE;
        }
        String mode = Fields.text(options, "mode");
        String secret = Fields.text(options, "secretName");
        boolean delegated = Fields.truth(options, "enableK8sTokenAuth");
        if (delegated && (!secret.isEmpty() || !mode.equals("token"))) {
            return new HeadAuth(HeadAuth.Mode.BROKEN, "", "authOptions.enableK8sTokenAuth needs mode token and no secretName; "
                    + "the operator starts no head");
        }
        if (mode.equals("disabled")) {
            return HeadAuth.NONE;
        }
        HeadAuth.Mode kind = delegated ? HeadAuth.Mode.DELEGATED : mode.equals("token") ? HeadAuth.Mode.TOKEN : HeadAuth.Mode.MIXED;
        String name = secret.isEmpty() ? TokenSecret.nameFor(cluster) : secret;
        return new HeadAuth(kind, delegated ? "" : name, "");
    }

    private static Map<String, Object> condition(Map<String, Object> status, String type) {
        for (Object condition : Fields.list(status, "conditions")) {
            if (Fields.text(condition, "type").equals(type)) {
                return map(condition);
            }
        }
        return Map.of();
    }

    private static boolean holds(Map<String, Object> condition) {
        return Fields.text(condition, "status").equals("True");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }
}
