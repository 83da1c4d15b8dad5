package io.rayhistory.bootstrap;

import io.rayhistory.application.port.SpoolSettings.Fsync;
import io.rayhistory.application.port.SpoolSettings.Overflow;
import io.rayhistory.domain.id.ClusterRef;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What flags, variables and defaults make of a collector, and what is refused. */
final class CollectorPlanTest {
    private final Map<String, String> environment = new HashMap<>();
    private final StringWriter said = new StringWriter();

    @TempDir
    private Path folder;

    @BeforeEach
    void storage() {
        environment.put("STORAGE_BACKEND", "filesystem");
        environment.put("STORAGE_DIRECTORY", folder.toString());
        environment.put("RAY_CLUSTER_NAME", "demo");
    }

    private CollectorPlan plan(String... arguments) {
        Terminal terminal = new Terminal(new PrintWriter(said), new PrintWriter(said), environment);
        CommandLine line = CollectOptions.addTo(new CollectCommand(terminal));
        line.parseArgs(arguments);
        return CollectorPlan.of(CollectOptions.read(line.getCommandSpec(), terminal), terminal);
    }

    private Said refused(String... arguments) {
        List<String> all = new ArrayList<>(List.of("collect"));
        all.addAll(List.of(arguments));
        return Said.with(environment, all.toArray(String[]::new));
    }

    @Test
    void whatNobodySetsIsAsTheGoCollectorHasItOrBetter() {
        CollectorPlan plan = plan();
        assertEquals(ClusterRef.plain("default", "demo"), plan.settings().cluster());
        assertFalse(plan.settings().head());
        assertTrue(plan.settings().events() && plan.settings().logs());
        assertEquals("http://localhost:8265", plan.dashboardUrl());
        assertEquals(Path.of("/tmp/ray/event-data"), plan.spool());
        assertEquals(Path.of("/tmp/ray"), plan.rayRoot());
        assertEquals(8084, plan.intake().port());
        assertEquals("127.0.0.1", plan.intake().host());
        assertEquals(Duration.ofSeconds(30), plan.settings().endpoints().interval());
        assertEquals(1L << 30, plan.spoolSettings().maxUnsentBytes());
        assertEquals(Duration.ofHours(1), plan.spoolSettings().rotationAge());
        assertFalse(plan.settings().upload().gzip());
        assertEquals("", said.toString());
    }

    @Test
    void variableThatIsNotEmptyWinsOverTheFlag() {
        environment.put("RAY_ROLE", " Head ");
        environment.put("RAY_CLUSTER_NAMESPACE", "");
        environment.put("STORAGE_ROOT_DIR", "from-variable");
        CollectorPlan plan = plan("--role=worker", "-ray-cluster-namespace=team-a", "--storage-root-dir", "from-flag");
        assertTrue(plan.settings().head());
        assertEquals("team-a", plan.settings().cluster().namespace());
        assertEquals("from-variable", plan.settings().rootDir());
    }

    @Test
    void switchesAreGoSwitches() {
        environment.put("ENABLE_LOG_COLLECTOR", "F");
        CollectorPlan plan = plan("--event-compression-enabled", "-enable-event-collector=T", "--enable-log-collector=true");
        assertTrue(plan.settings().upload().gzip());
        assertTrue(plan.settings().events());
        assertFalse(plan.settings().logs());
    }

    @Test
    void unusableVariableIsPassedOverWithAWarning() {
        environment.put("EVENTS_PORT", "http");
        environment.put("RAY_COLLECTOR_EVENT_ROTATION_INTERVAL", "-5m");
        environment.put("RAY_COLLECTOR_EVENT_MAX_DISK_MB", "0");
        environment.put("ENABLE_EVENT_COLLECTOR", "maybe");
        CollectorPlan plan = plan("--events-port=9090", "--event-rotation-interval=1h30m");
        assertEquals(9090, plan.intake().port());
        assertEquals(Duration.ofMinutes(90), plan.spoolSettings().rotationAge());
        assertEquals(1L << 30, plan.spoolSettings().maxUnsentBytes());
        assertTrue(plan.settings().events());
        for (String variable : List.of("EVENTS_PORT is 'http'", "INTERVAL is '-5m'", "DISK_MB is '0'", "ENABLE_EVENT_COLLECTOR is 'maybe'")) {
            assertTrue(said.toString().contains(variable), said.toString());
        }
    }

    @Test
    void olderNamesWorkWithOneWarningEach() {
        environment.remove("STORAGE_BACKEND");
        environment.put("RAY_ROOT_DIR", "ray");
        CollectorPlan plan = plan("--runtime-class-name=filesystem", "--ray-cluster-id=Some_Id");
        assertEquals("ray", plan.settings().rootDir());
        assertEquals("Some_Id", plan.settings().cluster().namespace());
        assertEquals(3, said.toString().lines().filter(line -> line.contains("is an older name of")).count(), said.toString());
    }

    @Test
    void ownerIsLowerCasedAndBelongsToTheCluster() {
        environment.put("OWNER_KIND", "RayJob");
        environment.put("OWNER_NAME", "my-job");
        assertEquals(ClusterRef.of("default", "demo", "rayjob", "my-job"), plan().settings().cluster());
    }

    @ParameterizedTest
    @CsvSource({"head-svc, http://head-svc:8265", "head-svc:1, http://head-svc:1", "https://head-svc, https://head-svc", "'', http://localhost:8265"})
    void headIsAskedWhereTheGoCollectorAsksIt(String given, String url) {
        environment.put("FQ_RAY_IP", given);
        assertEquals(url, plan().headUrl());
    }

    @Test
    void additionalEndpointsComeFromListAndFile() throws IOException {
        environment.put("RAY_COLLECTOR_ADDITIONAL_ENDPOINTS", "/api/train/v2/runs/v1, /timezone,");
        Path file = Files.writeString(folder.resolve("more"), "/api/x?a=1,2\n\napi/y\n");
        assertEquals(List.of("/api/train/v2/runs/v1", "/api/x?a=1,2", "/api/y"),
                plan("--additional-endpoints-file", file.toString()).settings().endpoints().additional());
    }

    @Test
    void spoolIsAsAsked() {
        CollectorPlan plan = plan("--event-overflow=drop-oldest", "--event-fsync=ALWAYS", "--event-max-file-size-mb=7");
        assertEquals(Overflow.DROP_OLDEST, plan.spoolSettings().overflow());
        assertEquals(Fsync.ALWAYS, plan.spoolSettings().fsync());
        assertEquals(7L << 20, plan.spoolSettings().rotationBytes());
    }

    @Test
    void flagsWithoutEffectAreTakenAndSaidToBe() {
        plan("--log-batching=1000", "--push-interval=1m");
        assertEquals(2, said.toString().lines().filter(line -> line.contains("no effect")).count(), said.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "--role=boss | --role is 'boss': expected head or worker",
            "--ray-cluster-namespace=Team_A | a Kubernetes name",
            "--owner-kind=rayjob | both of --owner-kind and --owner-name",
            "--owner-kind=raycluster --owner-name=x | expected rayjob or rayservice",
            "--enable-event-collector=false --enable-log-collector=false | at least one",
            "--storage-root-dir=../up | expected segments separated by",
            "--ray-root-dir=a --storage-root-dir=b | they mean the same",
            "--storage-layout=newest | cluster-history or metadir",
            "--storage-layout=metadir --event-compression-enabled | plain arrays that grow",
            "--event-fsync=sometimes | interval or always or never",
            "--additional-endpoints-file=/nowhere | a readable file",
            "--ray-dashboard-address=localhost | a URL such as"})
    void settingsThatMakeNoSenseEndWithCodeOneAndASentence(String arguments, String expected) {
        Said said = refused(arguments.split(" "));
        assertEquals(1, said.code(), said.err());
        assertTrue(said.err().contains(expected), said.err());
        assertFalse(said.err().contains("\tat "), said.err());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "--nonsense | nonsense",
            "--events-port=http | --events-port is 'http': expected a whole number",
            "--event-rotation-interval=0 | a time above zero",
            "--enable-log-collector=perhaps | true or false"})
    void misuseEndsWithCodeTwo(String arguments, String expected) {
        Said said = refused(arguments.split(" "));
        assertEquals(2, said.code(), said.err());
        assertTrue(said.err().contains(expected), said.err());
    }

    @Test
    void clusterAndStorageMustBeGiven() {
        environment.remove("RAY_CLUSTER_NAME");
        assertTrue(refused().err().contains("RAY_CLUSTER_NAME"));
        environment.put("RAY_CLUSTER_NAME", "demo");
        environment.remove("STORAGE_BACKEND");
        environment.remove("STORAGE_DIRECTORY");
        Said said = refused();
        assertEquals(1, said.code());
        assertTrue(said.err().contains("--storage-backend"), said.err());
    }
}
