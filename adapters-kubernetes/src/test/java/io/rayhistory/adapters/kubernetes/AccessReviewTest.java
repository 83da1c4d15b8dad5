package io.rayhistory.adapters.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.rayhistory.application.port.AccessReview;
import io.rayhistory.application.port.AccessReview.Decision;
import io.rayhistory.application.port.AccessReview.Identity;
import io.rayhistory.application.port.Caller;
import io.rayhistory.application.port.ClusterHead;
import io.rayhistory.application.port.HeadAuth;
import io.rayhistory.application.port.HeadToken;
import io.rayhistory.application.port.LiveCluster;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.id.ClusterRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/** Who may see what, and the tokens of clusters, as a real API server has it. */
@Tag("kubernetes")
class AccessReviewTest {
    @TempDir
    private static Path folder;
    private static ApiServer server;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-22T10:00:00Z"));

    @BeforeAll
    static void start() throws Exception {
        server = new ApiServer(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private KubernetesAccess connect(Path kubeconfig) {
        return connect(kubeconfig, DelegatedTokens.OFF);
    }

    private KubernetesAccess connect(Path kubeconfig, DelegatedTokens delegated) {
        return KubernetesAccess.start(KubernetesSettings.find(List.of(kubeconfig), List.of(), Set.of(), "", "",
                KubernetesSettings.SERVICE_ACCOUNT).orElseThrow().withDelegated(delegated), now::get);
    }

    private static void namespace(String name) {
        server.admin().resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build()).create();
    }

    /** Lets alice get RayClusters in a namespace. @param only these; none for all */
    private static void allow(String namespace, String... only) {
        server.admin().resource(new RoleBuilder().withNewMetadata().withNamespace(namespace).withName("viewer").endMetadata()
                .addNewRule().withApiGroups("ray.io").withResources("rayclusters").withVerbs("get").withResourceNames(only).endRule()
                .build()).create();
        server.admin().resource(new RoleBindingBuilder().withNewMetadata().withNamespace(namespace).withName("viewer").endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", "viewer")
                .addNewSubject("rbac.authorization.k8s.io", "User", "alice", null).build()).create();
    }

    private static void await(BooleanSupplier expected) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!expected.getAsBoolean()) {
            assertTrue(System.nanoTime() < end);
            Thread.sleep(20);
        }
    }

    private static Caller alice(AccessReview review) {
        Identity.Known known = assertInstanceOf(Identity.Known.class, review.authenticate("alice-token"));
        assertEquals("alice", known.caller().name());
        assertEquals("alice-uid", known.caller().uid());
        assertTrue(known.caller().groups().contains("system:authenticated"));
        return known.caller();
    }

    @Test
    void tokensAreWhoseTheyAreAndOthersAreRejected() {
        namespace("bots");
        server.admin().resource(new ServiceAccountBuilder().withNewMetadata().withNamespace("bots").withName("bot").endMetadata().build()).create();
        String forUs = server.admin().serviceAccounts().inNamespace("bots").withName("bot")
                .tokenRequest(new TokenRequestBuilder().withNewSpec().withAudiences("ray-history").endSpec().build()).getStatus().getToken();
        String plain = server.admin().serviceAccounts().inNamespace("bots").withName("bot").tokenRequest().getStatus().getToken();
        try (KubernetesAccess access = connect(server.kubeconfig("admin"))) {
            alice(access.review(""));
            assertInstanceOf(Identity.Rejected.class, access.review("").authenticate("nobody's"));
            assertInstanceOf(Identity.Rejected.class, access.review("").authenticate("  "));
            assertInstanceOf(Identity.Rejected.class, access.review("").authenticate(forUs));
            assertInstanceOf(Identity.Known.class, access.review("").authenticate(plain));
            Identity.Known bot = assertInstanceOf(Identity.Known.class, access.review("ray-history").authenticate(forUs));
            assertEquals("system:serviceaccount:bots:bot", bot.caller().name());
            assertInstanceOf(Identity.Rejected.class, access.review("ray-history").authenticate(plain));
        }
    }

    @Test
    void whoMayNotAskForReviewsIsNotTakenForARejection() {
        try (KubernetesAccess access = connect(server.kubeconfig("alice"))) {
            Identity.Unavailable away = assertInstanceOf(Identity.Unavailable.class, access.review("").authenticate("admin-token"));
            assertTrue(away.reason().contains("lacks the right to create tokenreviews"), away.reason());
        }
    }

    @Test
    void rolesDecidePerNamespaceAndPerName() throws InterruptedException {
        namespace("ray-a");
        namespace("ray-b");
        try (KubernetesAccess access = connect(server.kubeconfig("admin"))) {
            AccessReview review = access.review("");
            Caller alice = alice(review);
            assertEquals(Decision.NO, review.maySee(alice, "ray-a", "c1"));
            allow("ray-a");
            allow("ray-b", "c1");
            await(() -> access.review("").maySee(alice, "ray-a", "") == Decision.YES);
            await(() -> access.review("").maySee(alice, "ray-b", "c1") == Decision.YES);
            assertEquals(Decision.NO, review.maySee(alice, "ray-a", ""), "remembered for 5 s");
            now.updateAndGet(time -> time.plusSeconds(5));
            assertEquals(Decision.YES, review.maySee(alice, "ray-a", ""));
            assertEquals(Decision.NO, review.maySee(alice, "ray-b", ""));
            assertEquals(Decision.YES, review.maySee(alice, "ray-b", "c1"));
            assertEquals(Decision.NO, review.maySee(alice, "ray-b", "c2"));
            assertEquals(Decision.NO, review.maySee(alice, "", ""));
            server.admin().rbac().roleBindings().inNamespace("ray-a").withName("viewer").delete();
            await(() -> access.review("").maySee(alice, "ray-a", "") == Decision.NO);
            assertEquals(Decision.YES, review.maySee(alice, "ray-a", ""), "remembered for 30 s");
            now.updateAndGet(time -> time.plusSeconds(30));
            assertEquals(Decision.NO, review.maySee(alice, "ray-a", ""));
        }
    }

    @Test
    void grantsOutliveTheServerForAWhileAndNothingElseIsGranted() throws Exception {
        namespace("ray-g");
        allow("ray-g");
        try (KubernetesAccess access = connect(server.kubeconfig("admin"))) {
            await(() -> access.review("").maySee(alice(access.review("")), "ray-g", "") == Decision.YES);
            AccessReview review = access.review("");
            Caller alice = alice(review);
            assertEquals(Decision.YES, review.maySee(alice, "ray-g", ""));
            server.kill();
            try {
                now.updateAndGet(time -> time.plusSeconds(299));
                assertInstanceOf(Identity.Known.class, review.authenticate("alice-token"));
                assertEquals(Decision.YES, review.maySee(alice, "ray-g", ""));
                assertInstanceOf(Identity.Unavailable.class, review.authenticate("admin-token"));
                assertEquals(Decision.UNAVAILABLE, review.maySee(alice, "ray-h", ""));
                now.updateAndGet(time -> time.plusSeconds(1));
                assertInstanceOf(Identity.Unavailable.class, review.authenticate("alice-token"));
                assertEquals(Decision.UNAVAILABLE, review.maySee(alice, "ray-g", ""));
            } finally {
                server.restart();
            }
        }
    }

    private static LiveCluster cluster(String context, String secret) {
        return new LiveCluster(ClusterRef.plain("ray-t", "c1"), context, "uid", Instant.EPOCH, false, LiveCluster.Suspension.NEVER,
                new ClusterHead(true, "pod", "10.0.0.1", "", 8265), new HeadAuth(HeadAuth.Mode.TOKEN, secret, ""), "");
    }

    private static void secret(String name, String token) {
        server.admin().resource(new SecretBuilder().withNewMetadata().withNamespace("ray-t").withName(name).endMetadata()
                .addToStringData("auth_token", token).build()).createOr(secret -> secret.update());
    }

    @Test
    void aRotatedTokenIsUsedAtOnceAndTheOneBeforeIsKept() throws InterruptedException {
        namespace("ray-t");
        secret("c1", "first\n");
        Path kubeconfig = server.kubeconfig("admin");
        try (KubernetesAccess access = connect(kubeconfig)) {
            LiveCluster cluster = cluster(kubeconfig.toString(), "c1");
            assertEquals(List.of(new HeadToken("first")), access.tokens().tokens(cluster));
            assertFalse(access.tokens().tokens(cluster).toString().contains("first"));
            secret("c1", "second");
            await(() -> access.tokens().tokens(cluster).equals(List.of(new HeadToken("second"), new HeadToken("first"))));
            server.admin().secrets().inNamespace("ray-t").withName("c1").delete();
            await(() -> {
                try {
                    return access.tokens().tokens(cluster).isEmpty();
                } catch (HistoryException e) {
                    return e.getMessage().contains("Secret ray-t/c1") && e.getMessage().contains("get secrets");
                }
            });
            HistoryException missing = assertThrows(HistoryException.class,
                    () -> access.tokens().tokens(cluster(kubeconfig.toString(), "other")));
            assertTrue(missing.getMessage().contains("ray-t/other is missing or empty"), missing.getMessage());
        }
        try (KubernetesAccess access = connect(server.kubeconfig("alice"))) {
            HistoryException refused = assertThrows(HistoryException.class,
                    () -> access.tokens().tokens(cluster(server.kubeconfig("alice").toString(), "c1")));
            assertEquals(HistoryException.Kind.INVALID, refused.kind());
            assertTrue(refused.getMessage().contains("may not be read"), refused.getMessage());
        }
    }

    @Test
    void anAccountsTokenIsRenewedInTimeAndOutlivesTheServer() throws Exception {
        namespace("ray-l");
        server.admin().resource(new ServiceAccountBuilder().withNewMetadata().withNamespace("ray-l").withName("live").endMetadata().build()).create();
        Path kubeconfig = server.kubeconfig("admin");
        LiveCluster cluster = new LiveCluster(ClusterRef.plain("ray-l", "c1"), kubeconfig.toString(), "uid", Instant.EPOCH, false,
                LiveCluster.Suspension.NEVER, new ClusterHead(true, "pod", "10.0.0.1", "", 8265), new HeadAuth(HeadAuth.Mode.DELEGATED, "", ""), "");
        try (KubernetesAccess access = connect(kubeconfig, new DelegatedTokens(DelegatedTokens.Mode.SERVICE_ACCOUNT, "live"))) {
            HeadToken first = access.tokens().tokens(cluster).get(0);
            now.updateAndGet(time -> time.plusSeconds(479));
            assertEquals(List.of(first), access.tokens().tokens(cluster));
            now.updateAndGet(time -> time.plusSeconds(1));
            HeadToken second = access.tokens().tokens(cluster).get(0);
            assertNotEquals(first, second);
            access.tokens().refused(cluster);
            assertEquals(List.of(second), access.tokens().tokens(cluster), "one that is refused by everybody is not renewed without end");
            now.updateAndGet(time -> time.plusSeconds(10));
            HeadToken third = access.tokens().tokens(cluster).get(0);
            assertNotEquals(second, third);
            server.kill();
            try {
                now.updateAndGet(time -> time.plusSeconds(599));
                assertEquals(List.of(third), access.tokens().tokens(cluster));
                now.updateAndGet(time -> time.plusSeconds(1));
                assertEquals(HistoryException.Kind.UNAVAILABLE, assertThrows(HistoryException.class, () -> access.tokens().tokens(cluster)).kind());
            } finally {
                server.restart();
            }
        }
    }
}
