package io.rayhistory.adapters.kubernetes;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Asks an API server what it allows us. */
final class Rights {
    private static final String LIVE = "which sessions live";
    private static final String OWNERS = "which cluster of a RayService serves";
    private static final String HEADS = "reaching heads";
    private static final String ACCESS = "access control by Kubernetes";

    private final Connection connection;
    private final List<Right> found = new ArrayList<>();

    private Rights(Connection connection) {
        this.connection = connection;
    }

    /** @param services resources around services that are needed @param first whether access control asks this one */
    static List<Right> of(Connection connection, KubernetesSettings settings, Set<String> services, boolean first) {
        Rights rights = new Rights(connection);
        for (String namespace : settings.namespaces().isEmpty() ? Set.of("") : settings.namespaces()) {
            for (String verb : List.of("get", "list", "watch")) {
                rights.ask("ray.io", "rayclusters", verb, namespace, LIVE);
                if (settings.owners()) {
                    rights.ask("ray.io", "rayservices", verb, namespace, OWNERS);
                }
            }
            services.forEach(resource -> rights.ask("", resource, "get", namespace, HEADS));
        }
        if (first) {
            rights.ask("authentication.k8s.io", "tokenreviews", "create", "", ACCESS);
            rights.ask("authorization.k8s.io", "subjectaccessreviews", "create", "", ACCESS);
        }
        return rights.found;
    }

    private void ask(String group, String resource, String verb, String namespace, String purpose) {
        String what = verb + " " + resource + (group.isEmpty() ? "" : "." + group) + (namespace.isEmpty() ? "" : " in namespace " + namespace);
        boolean allowed = false;
        String failure = "";
        try {
            SelfSubjectAccessReview asked = new SelfSubjectAccessReviewBuilder().withNewSpec().withNewResourceAttributes()
                    .withGroup(group).withResource(resource.split("/")[0])
                    .withSubresource(resource.contains("/") ? resource.split("/")[1] : null).withVerb(verb).withNamespace(namespace).endResourceAttributes()
                    .endSpec().build();
            allowed = Boolean.TRUE.equals(connection.client().authorization().v1().selfSubjectAccessReview().create(asked)
                    .getStatus().getAllowed());
        } catch (KubernetesClientException | UncheckedIOException e) {
            failure = Failures.reason(e);
        }
        found.add(new Right(connection.name() + " (" + connection.url() + ")", what, purpose, allowed, failure));
    }
}
