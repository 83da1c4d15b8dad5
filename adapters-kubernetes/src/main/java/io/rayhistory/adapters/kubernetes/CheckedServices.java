package io.rayhistory.adapters.kubernetes;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.rayhistory.application.port.HeadServices;
import io.rayhistory.application.port.LiveCluster;
import io.rayhistory.domain.HistoryException;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Asks the API server for the service that a status names. It must carry the labels that the operator gives to services of
 * heads (KubeRay: ray-operator/controllers/ray/common/service.go), and the address must be its own, or for a headless one
 * be what its name resolves to. A yes counts for {@link #GOOD}. Thread-safe.
 */
final class CheckedServices implements HeadServices {
    private static final Duration GOOD = Duration.ofSeconds(60);
    private static final Duration BAD = Duration.ofSeconds(5);
    private static final Duration GRACE = Duration.ofMinutes(5);

    private record Question(String context, String uid, String service, String address) {
    }

    /** @param fault {@code ""} for a yes */
    private record Verdict(boolean answered, String fault) {
        private Answers.Worth worth() {
            return !answered ? Answers.Worth.UNANSWERED : fault.isEmpty() ? Answers.Worth.GRANTED : Answers.Worth.REFUSED;
        }
    }

    private final Map<String, Connection> connections;
    private final String clusterDomain;
    private final Function<String, List<InetAddress>> names;
    private final Answers<Question, Verdict> answers;

    CheckedServices(Map<String, Connection> connections, String clusterDomain, InstantSource clock) {
        this(connections, clusterDomain, CheckedServices::resolve, clock);
    }

    /** @param names resolves the name of a service; to nothing if there is none */
    CheckedServices(Map<String, Connection> connections, String clusterDomain, Function<String, List<InetAddress>> names, InstantSource clock) {
        this.connections = Map.copyOf(connections);
        this.clusterDomain = clusterDomain;
        this.names = names;
        this.answers = new Answers<>(Verdict::worth, GOOD, BAD, GRACE, clock);
    }

    private static List<InetAddress> resolve(String name) {
        try {
            return Arrays.asList(InetAddress.getAllByName(name));
        } catch (UnknownHostException e) {
            return List.of();
        }
    }

    @Override
    public void check(LiveCluster cluster, String address) {
        String service = cluster.head().serviceName();
        if (service.isEmpty()) {
            throw HistoryException.invalid("its status names no service, and services are to be verified");
        }
        Verdict verdict = answers.get(new Question(cluster.context(), cluster.uid(), service, address), () -> ask(cluster, address));
        if (!verdict.answered()) {
            throw HistoryException.unavailable(verdict.fault(), null);
        }
        if (!verdict.fault().isEmpty()) {
            throw HistoryException.invalid("service " + service + " of its status " + verdict.fault());
        }
    }

    private Verdict ask(LiveCluster cluster, String address) {
        try {
            Service service = connections.get(cluster.context()).client().services().inNamespace(cluster.cluster().namespace())
                    .withName(cluster.head().serviceName()).get();
            return new Verdict(true, service == null ? "does not exist" : fault(service, cluster, address));
        } catch (KubernetesClientException | UncheckedIOException e) {
            return new Verdict(false, "its service cannot be verified: " + Failures.reason(e));
        }
    }

    private String fault(Service service, LiveCluster cluster, String address) {
        Map<String, String> labels = Objects.requireNonNullElse(service.getMetadata().getLabels(), Map.of());
        if (!cluster.cluster().name().equals(labels.get("ray.io/cluster")) || !"head".equals(labels.get("ray.io/node-type"))) {
            return "is not labelled as the one of its head (ray.io/cluster, ray.io/node-type)";
        }
        if ("ExternalName".equals(service.getSpec().getType())) {
            return "leads out of the cluster";
        }
        if (address.isEmpty()) {
            return "";
        }
        InetAddress wanted = literal(address);
        List<String> own = Objects.requireNonNullElse(service.getSpec().getClusterIPs(), List.of());
        boolean headless = own.contains("None");
        String name = cluster.head().serviceName() + "." + cluster.cluster().namespace() + ".svc." + clusterDomain + ".";
        boolean owns = headless ? names.apply(name).contains(wanted) : own.stream().map(CheckedServices::literal).anyMatch(wanted::equals);
        return owns ? "" : "does not have the address " + address + (headless ? " (" + name + ")" : "");
    }

    private static InetAddress literal(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(address + " is no IP address", e);
        }
    }
}
