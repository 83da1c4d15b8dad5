package io.rayhistory.adapters.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.rayhistory.application.port.ClusterHead;
import io.rayhistory.application.port.HeadAuth;
import io.rayhistory.application.port.LiveCluster;
import io.rayhistory.application.port.LiveCluster.Suspension.Phase;
import io.rayhistory.domain.id.ClusterRef;
import io.rayhistory.domain.id.OwnerKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;

/** What is read of RayClusters as API servers send them. */
class RayClusterReaderTest {

    private static LiveCluster read(String metadata, String rest) {
        return RayClusterReader.read("one", Serialization.unmarshal("""
                {"apiVersion": "ray.io/v1", "kind": "RayCluster", "metadata": {"namespace": "ray-a", "name": "c1", "uid": "u1",
                 "creationTimestamp": "2026-11-22T10:00:00Z"%s}%s}""".formatted(metadata, rest), GenericKubernetesResource.class));
    }

    private static HeadAuth auth(String options) {
        return read("", ", \"spec\": {\"authOptions\": " + options + "}").auth();
    }

    @Test
    void aClusterThatNoOperatorHasSeenHasNoHead() {
        LiveCluster cluster = read("", "");
        assertEquals(new LiveCluster(ClusterRef.plain("ray-a", "c1"), "one", "u1", Instant.parse("2026-11-22T10:00:00Z"), false,
                LiveCluster.Suspension.NEVER, new ClusterHead(false, "", "", "", 8265), HeadAuth.NONE, ""), cluster);
        assertTrue(cluster.head().gone());
    }

    @Test
    void theHeadIsWhereTheStatusSaysAndThePortWhereTheSpecDoes() {
        LiveCluster cluster = read("", """
                , "spec": {"rayVersion": "2.60.0", "headGroupSpec": {"template": {"spec": {"containers": [
                    {"ports": [{"name": "gcs", "containerPort": 6379}, {"name": "dashboard", "containerPort": 9999}]},
                    {"ports": [{"name": "dashboard", "containerPort": 1}]}]}}}},
                "status": {"head": {"podName": "p", "serviceIP": "10.0.0.7", "serviceName": "s"}, "endpoints": {"dashboard": "30001"},
                    "conditions": [{"type": "HeadPodReady", "status": "True"}, 7, "odd"]}""");
        assertEquals(new ClusterHead(true, "p", "10.0.0.7", "s", 9999), cluster.head());
        assertEquals("2.60.0", cluster.rayVersion());
    }

    @Test
    void fieldsOfAnotherTypeCountAsAbsent() {
        LiveCluster cluster = read("", ", \"spec\": {\"suspend\": \"true\", \"headGroupSpec\": []}, \"status\": {\"head\": 1, \"conditions\": {}}");
        assertEquals(Phase.AWAKE, cluster.suspension().phase());
        assertTrue(cluster.head().gone());
    }

    @Test
    void suspensionIsReadFromConditionsAndFromTheOldState() {
        String since = "\"lastTransitionTime\": \"2026-11-22T11:00:00Z\"";
        LiveCluster suspended = read("", ", \"status\": {\"conditions\": [{\"type\": \"RayClusterSuspended\", \"status\": \"True\", " + since + "}]}");
        assertEquals(new LiveCluster.Suspension(Phase.SUSPENDED, Instant.parse("2026-11-22T11:00:00Z")), suspended.suspension());
        LiveCluster resumed = read("", ", \"status\": {\"conditions\": [{\"type\": \"RayClusterSuspended\", \"status\": \"False\", " + since + "}]}");
        assertEquals(Phase.AWAKE, resumed.suspension().phase());
        assertEquals(Instant.parse("2026-11-22T11:00:00Z"), resumed.headNotBefore());
        assertEquals(Phase.SUSPENDED, read("", ", \"status\": {\"state\": \"suspended\"}").suspension().phase());
        assertEquals(Phase.SUSPENDING, read("", ", \"spec\": {\"suspend\": true}").suspension().phase());
        assertEquals(Phase.AWAKE, read("", ", \"spec\": {\"suspend\": true}, \"status\": {\"head\": {\"podName\": \"p\"}}").suspension().phase());
    }

    @Test
    void theControllerIsTheOwnerAndLabelsStandInForIt() {
        String labels = ", \"labels\": {\"ray.io/originated-from-crd\": \"RayJob\", \"ray.io/originated-from-cr-name\": \"nightly\"}";
        assertEquals(new ClusterRef("ray-a", "c1", OwnerKind.RAYJOB, "nightly"), read(labels, "").cluster());
        assertEquals(ClusterRef.plain("ray-a", "c1"), read(", \"labels\": {\"ray.io/originated-from-crd\": \"RayJob\"}", "").cluster());
        assertEquals(new ClusterRef("ray-a", "c1", OwnerKind.RAYSERVICE, "front"), read(labels + """
                , "ownerReferences": [{"kind": "RayService", "name": "front", "controller": true, "apiVersion": "ray.io/v1", "uid": "o"}]""",
                "").cluster());
    }

    @Test
    void tokensAreWhereTheOptionsSay() {
        assertEquals(HeadAuth.NONE, auth("{\"mode\": \"disabled\"}"));
        assertEquals(new HeadAuth(HeadAuth.Mode.TOKEN, "c1", ""), auth("{\"mode\": \"token\"}"));
        assertEquals(new HeadAuth(HeadAuth.Mode.TOKEN, "mine", ""), auth("{\"mode\": \"token\", \"secretName\": \"mine\"}"));
        assertEquals(new HeadAuth(HeadAuth.Mode.MIXED, "c1", ""), auth("{}"));
        assertEquals(new HeadAuth(HeadAuth.Mode.DELEGATED, "", ""), auth("{\"mode\": \"token\", \"enableK8sTokenAuth\": true}"));
        assertEquals(HeadAuth.Mode.BROKEN, auth("{\"enableK8sTokenAuth\": true}").mode());
        assertEquals(HeadAuth.Mode.BROKEN, auth("{\"mode\": \"token\", \"enableK8sTokenAuth\": true, \"secretName\": \"mine\"}").mode());
    }

    @ParameterizedTest
    @CsvSource({"demo,demo", "1st,rst", "aaa0123456789012345678901234567890123456789012345678x,r123456789012345678901234567890123456789012345678x",
            "abc-123456789012345678901234567890123456789012345678x,r123456789012345678901234567890123456789012345678x"})
    void secretsAreNamedAsTheOperatorNamesThem(String cluster, String secret) {
        assertEquals(secret, TokenSecret.nameFor(cluster));
    }
}
