package io.rayhistory.adapters.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Plays the user and the operator: makes RayClusters, and writes what their status says. */
public final class RayClusters {
    private final KubernetesClient client;
    private final String namespace;

    /** Makes the namespace, too. */
    public RayClusters(KubernetesClient admin, String namespace) {
        this.client = admin;
        this.namespace = namespace;
        if (admin.namespaces().withName(namespace).get() == null) {
            admin.resource(new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build()).create();
        }
    }

    private Resource<GenericKubernetesResource> named(String name) {
        return client.genericKubernetesResources("ray.io/v1", "RayCluster").inNamespace(namespace).withName(name);
    }

    /** @param spec what it says besides a head without peculiarities */
    public void create(String name, Map<String, Object> spec) {
        create(name, spec, Map.of());
    }

    private void create(String name, Map<String, Object> spec, Map<String, String> labels) {
        GenericKubernetesResource cluster = new GenericKubernetesResourceBuilder().withApiVersion("ray.io/v1").withKind("RayCluster")
                .withNewMetadata().withNamespace(namespace).withName(name).withLabels(labels).endMetadata().build();
        cluster.setAdditionalProperty("spec", spec);
        client.resource(cluster).create();
    }

    /** As the operator makes one for a RayService. */
    public void createFor(String service, String name, Map<String, Object> spec) {
        create(name, spec, Map.of("ray.io/originated-from-crd", "RayService", "ray.io/originated-from-cr-name", service));
    }

    /** The operator says which cluster of a RayService serves; makes the service if need be. */
    public void serves(String service, String cluster) {
        var services = client.genericKubernetesResources("ray.io/v1", "RayService").inNamespace(namespace);
        if (services.withName(service).get() == null) {
            client.resource(new GenericKubernetesResourceBuilder().withApiVersion("ray.io/v1").withKind("RayService")
                    .withNewMetadata().withNamespace(namespace).withName(service).endMetadata().build()).create();
        }
        UnaryOperator<GenericKubernetesResource> write = one -> {
            one.setAdditionalProperty("status", Map.of("activeServiceStatus", Map.of("rayClusterName", cluster)));
            return one;
        };
        services.withName(service).editStatus(write);
    }

    /** The operator has started a head. */
    public void head(String name, String pod, String address) {
        status(name, Map.of("state", "ready", "head", Map.of("podName", pod, "serviceIP", address, "serviceName", name + "-head-svc"),
                "conditions", List.of(condition("HeadPodReady", true), condition("RayClusterSuspended", false))));
    }

    /** The operator has removed all pods. */
    public void suspended(String name) {
        status(name, Map.of("state", "suspended", "head", Map.of(),
                "conditions", List.of(condition("HeadPodReady", false), condition("RayClusterSuspended", true))));
    }

    public void status(String name, Map<String, Object> status) {
        UnaryOperator<GenericKubernetesResource> write = cluster -> {
            cluster.setAdditionalProperty("status", status);
            return cluster;
        };
        named(name).editStatus(write);
    }

    public void delete(String name) {
        named(name).delete();
    }

    private static Map<String, Object> condition(String type, boolean holds) {
        return Map.of("type", type, "status", holds ? "True" : "False",
                "lastTransitionTime", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    }
}
