package io.rayhistory.adapters.kubernetes;

import io.fabric8.kubernetes.api.model.authentication.TokenReview;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewStatus;
import io.fabric8.kubernetes.api.model.authentication.UserInfo;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.rayhistory.application.port.AccessReview;
import io.rayhistory.application.port.Caller;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Asks an API server by TokenReview and SubjectAccessReview. A refused token is a successful answer that says so; an
 * answer 401 or 403 means that it is us who may not ask, which is told loudly and is nobody else's fault.
 */
final class KubernetesAccessReview implements AccessReview {
    private static final System.Logger LOG = System.getLogger(KubernetesAccessReview.class.getName());
    private static final Duration REFUSED = Duration.ofSeconds(5);
    private static final Duration GRACE = Duration.ofMinutes(5);
    private static final int LONGEST_TOKEN = 1 << 16;

    private record Question(Caller caller, String namespace, String cluster) {
    }

    private final Connection connection;
    private final String audience;
    private final Answers<String, Identity> identities;
    private final Answers<Question, Decision> decisions;
    private volatile String told = "";

    /** @param audience whom tokens have to be made for, {@code ""} for the API server itself */
    KubernetesAccessReview(Connection connection, String audience, InstantSource clock) {
        this.connection = connection;
        this.audience = audience;
        this.identities = new Answers<>(KubernetesAccessReview::worth, Duration.ofSeconds(60), REFUSED, GRACE, clock);
        this.decisions = new Answers<>(KubernetesAccessReview::worth, Duration.ofSeconds(30), REFUSED, GRACE, clock);
    }

    private static Answers.Worth worth(Identity identity) {
        return identity instanceof Identity.Known ? Answers.Worth.GRANTED
                : identity instanceof Identity.Rejected ? Answers.Worth.REFUSED : Answers.Worth.UNANSWERED;
    }

    private static Answers.Worth worth(Decision decision) {
        return switch (decision) {
            case YES -> Answers.Worth.GRANTED;
            case NO -> Answers.Worth.REFUSED;
            case UNAVAILABLE -> Answers.Worth.UNANSWERED;
        };
    }

    @Override
    public Identity authenticate(String token) {
        String presented = token.strip();
        if (presented.isEmpty() || presented.length() > LONGEST_TOKEN) {
            return new Identity.Rejected(presented.isEmpty() ? "the token is empty" : "the token is too long");
        }
        return identities.get(sha256(presented), () -> review(presented));
    }

    private Identity review(String token) {
        try {
            TokenReview asked = new TokenReviewBuilder().withNewSpec().withToken(token)
                    .withAudiences(audience.isEmpty() ? List.of() : List.of(audience)).endSpec().build();
            TokenReviewStatus status = connection.client().tokenReviews().create(asked).getStatus();
            told = "";
            if (status == null || !Boolean.TRUE.equals(status.getAuthenticated())) {
                return new Identity.Rejected("the token is not valid here");
            }
            if (!audience.isEmpty() && !Objects.requireNonNullElse(status.getAudiences(), List.of()).contains(audience)) {
                return new Identity.Rejected("the token is not made for " + audience);
            }
            UserInfo user = status.getUser();
            return new Identity.Known(new Caller(user.getUsername(), Objects.requireNonNullElse(user.getUid(), ""),
                    Objects.requireNonNullElse(user.getGroups(), List.of()), Objects.requireNonNullElse(user.getExtra(), Map.of())));
        } catch (KubernetesClientException | java.io.UncheckedIOException e) {
            return new Identity.Unavailable(failed("create tokenreviews.authentication.k8s.io", e));
        }
    }

    @Override
    public Decision maySee(Caller caller, String namespace, String cluster) {
        Decision whole = decisions.get(new Question(caller, namespace, ""), () -> ask(caller, namespace, ""));
        if (whole == Decision.YES || cluster.isEmpty() || namespace.isEmpty()) {
            return whole;
        }
        return decisions.get(new Question(caller, namespace, cluster), () -> ask(caller, namespace, cluster));
    }

    private Decision ask(Caller caller, String namespace, String cluster) {
        try {
            SubjectAccessReview asked = new SubjectAccessReviewBuilder().withNewSpec().withUser(caller.name())
                    .withUid(caller.uid().isEmpty() ? null : caller.uid()).withGroups(caller.groups()).withExtra(caller.extra())
                    .withNewResourceAttributes().withGroup("ray.io").withResource("rayclusters").withVerb("get")
                    .withNamespace(namespace).withName(cluster.isEmpty() ? null : cluster).endResourceAttributes()
                    .endSpec().build();
            SubjectAccessReview answer = connection.client().authorization().v1().subjectAccessReview().create(asked);
            return answer.getStatus() != null && Boolean.TRUE.equals(answer.getStatus().getAllowed()) ? Decision.YES : Decision.NO;
        } catch (KubernetesClientException | java.io.UncheckedIOException e) {
            failed("create subjectaccessreviews.authorization.k8s.io", e);
            return Decision.UNAVAILABLE;
        }
    }

    private String failed(String right, RuntimeException failure) {
        int status = Failures.status(failure);
        boolean ours = status == 401 || status == 403;
        String reason = ours ? "the history server lacks the right to " + right + ": " + Failures.reason(failure)
                : "the API server " + connection.url() + " cannot be asked: " + Failures.reason(failure);
        if (!reason.equals(told)) {
            told = reason;
            LOG.log(ours ? System.Logger.Level.ERROR : System.Logger.Level.WARNING, reason);
        }
        return reason;
    }

    private static String sha256(String token) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String describe() {
        return connection.url();
    }

    @Override
    public void close() {
        // The connection belongs to whoever made it.
    }
}
