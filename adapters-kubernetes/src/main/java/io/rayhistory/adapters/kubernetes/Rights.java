package io.rayhistory.adapters.kubernetes;

import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributes;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributesBuilder;
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
    private static final String ACCESS = "access control by Kubernetes";
    private static final String DELEGATED = "the dashboards of clusters that want tokens of Kubernetes itself";

    private final Connection connection;
    private final List<Right> found = new ArrayList<>();

    private Rights(Connection connection) {
        this.connection = connection;
    }

    /** @param first whether access control asks this one */
    static List<Right> of(Connection connection, KubernetesSettings settings, boolean first) {
        Rights rights = new Rights(connection);
        for (String namespace : settings.namespaces().isEmpty() ? Set.of("") : settings.namespaces()) {
            for (String verb : List.of("get", "list", "watch")) {
                rights.ask(resource("ray.io", "rayclusters", verb, namespace), LIVE);
            }
            if (settings.delegated().mode() == DelegatedTokens.Mode.SERVICE_ACCOUNT && !namespace.isEmpty()) {
                ResourceAttributes token = resource("", "serviceaccounts", "create", namespace);
                token.setSubresource("token");
                token.setName(settings.delegated().account());
                rights.ask(token, DELEGATED);
            }
        }
        if (first) {
            rights.ask(resource("authentication.k8s.io", "tokenreviews", "create", ""), ACCESS);
            rights.ask(resource("authorization.k8s.io", "subjectaccessreviews", "create", ""), ACCESS);
        }
        return rights.found;
    }

    private static ResourceAttributes resource(String group, String resource, String verb, String namespace) {
        return new ResourceAttributesBuilder().withGroup(group).withResource(resource).withVerb(verb).withNamespace(namespace).build();
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
