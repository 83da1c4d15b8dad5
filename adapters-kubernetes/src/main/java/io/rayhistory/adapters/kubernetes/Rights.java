package io.rayhistory.adapters.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributes;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributesBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.rayhistory.application.port.LiveCluster;

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
    private static final String DELEGATED = "the dashboards of clusters that want tokens of Kubernetes itself";

    /** Of so many clusters the Secrets are asked about, first come. */
    private static final long CLUSTERS = 500;
    private static final int SECRETS = 50;

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
                rights.ask(resource("ray.io", "rayclusters", verb, namespace), LIVE);
                if (settings.owners()) {
                    rights.ask(resource("ray.io", "rayservices", verb, namespace), OWNERS);
                }
            }
            if (settings.delegated().mode() == DelegatedTokens.Mode.SERVICE_ACCOUNT && !namespace.isEmpty()) {
                ResourceAttributes token = resource("", "serviceaccounts/token", "create", namespace);
                token.setName(settings.delegated().account());
                rights.ask(token, DELEGATED);
            }
            rights.askForSecrets(namespace);
            services.forEach(resource -> rights.ask(resource("", resource, "get", namespace), HEADS));
        }
        if (first) {
            rights.ask(resource("authentication.k8s.io", "tokenreviews", "create", ""), ACCESS);
            rights.ask(resource("authorization.k8s.io", "subjectaccessreviews", "create", ""), ACCESS);
        }
        return rights.found;
    }

    /** By name, as roles had better grant it: those of the clusters that exist and want a token. */
    private void askForSecrets(String namespace) {
        List<GenericKubernetesResource> clusters;
        try {
            var resources = connection.client().genericKubernetesResources("ray.io/v1", "RayCluster");
            clusters = (namespace.isEmpty() ? resources.inAnyNamespace() : resources.inNamespace(namespace))
                    .list(new ListOptionsBuilder().withLimit(CLUSTERS).build()).getItems();
        } catch (KubernetesClientException | UncheckedIOException e) {
            return; // that they may not be listed was said already
        }
        clusters.stream().map(resource -> RayClusterReader.read(connection.name(), resource)).filter(cluster -> !cluster.auth().secret().isEmpty())
                .limit(SECRETS).forEach(this::askForSecret);
    }

    private void askForSecret(LiveCluster cluster) {
        ResourceAttributes secret = resource("", "secrets", "get", cluster.cluster().namespace());
        secret.setName(cluster.auth().secret());
        ask(secret, "the dashboard of " + cluster.cluster().namespace() + "/" + cluster.cluster().name() + ", which wants the token in it");
    }

    /** @param resource with its subresource behind a slash, if one is meant */
    private static ResourceAttributes resource(String group, String resource, String verb, String namespace) {
        String[] parts = resource.split("/", 2);
        return new ResourceAttributesBuilder().withGroup(group).withResource(parts[0]).withSubresource(parts.length > 1 ? parts[1] : null)
                .withVerb(verb).withNamespace(namespace).build();
    }

    private void ask(ResourceAttributes right, String purpose) {
        String what = right.getVerb() + " " + right.getResource() + (right.getSubresource() == null ? "" : "/" + right.getSubresource())
                + (right.getGroup().isEmpty() ? "" : "." + right.getGroup()) + (right.getName() == null ? "" : " '" + right.getName() + "'")
                + (right.getNamespace().isEmpty() ? "" : " in namespace " + right.getNamespace());
        boolean allowed = false;
        String failure = "";
        try {
            SelfSubjectAccessReview asked = new SelfSubjectAccessReviewBuilder().withNewSpec().withResourceAttributes(right).endSpec().build();
            allowed = Boolean.TRUE.equals(connection.client().authorization().v1().selfSubjectAccessReview().create(asked)
                    .getStatus().getAllowed());
        } catch (KubernetesClientException | UncheckedIOException e) {
            failure = Failures.reason(e);
        }
        found.add(new Right(connection.name() + " (" + connection.url() + ")", what, purpose, allowed, failure));
    }
}
