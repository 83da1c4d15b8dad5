package io.rayhistory.bootstrap;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The whole collector, beside a node that behaves like Ray's, into a folder. */
final class CollectingTest {
    private static final String SESSION = "session_2026-11-22_20-21-16_964865_19675";
    private static final String NODE = "5263ab4e58b0b118a9ecbb1b829dcf4eb165494fc261bfd004660e1f";
    private static final String DATA = "ray/cluster-history/rayjob/team/j/demo/" + SESSION + "/";
    private static final String EVENT = "{\"eventId\":\"%s\",\"eventType\":\"NODE_LIFECYCLE_EVENT\",\"sourceType\":\"GCS\","
            + "\"timestamp\":\"2026-11-22T20:21:20Z\",\"sessionName\":\"" + SESSION + "\",\"nodeLifecycleEvent\":{\"big\":12345678901234567890}}";

    @TempDir
    private Path folder;
    private Path store;
    private FakeRayNode ray;

    @BeforeEach
    void start() throws IOException {
        store = Files.createDirectory(folder.resolve("store"));
        ray = new FakeRayNode(Files.createDirectory(folder.resolve("ray")));
        ray.answers("/timezone", "{\"offset\": \"+00:00\", \"value\": \"Europe/London\"}");
        ray.answers("/api/v0/cluster_metadata", "{\"data\": {\"rayVersion\": \"2.60.0\"}}");
    }

    @AfterEach
    void stop() throws IOException {
        ray.close();
    }

    private RunningCommand collect(String... more) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("collect", "--role=head", "--ray-cluster-name=demo", "--ray-cluster-namespace=team",
                "--owner-kind=RayJob", "--owner-name=j", "--storage-backend=filesystem", "--storage-directory=" + store,
                "--storage-root-dir=ray", "--ray-tmp-root=" + folder.resolve("ray"), "--event-data-dir=" + folder.resolve("spool"),
                "--ray-dashboard-address=" + ray.dashboardUrl(), "--events-port=0", "--admin-port=0", "--event-upload-interval=1s",
                "--log-upload-interval=1s", "--shutdown-grace=9s"));
        arguments.addAll(List.of(more));
        return new RunningCommand(arguments.toArray(String[]::new));
    }

    private static int post(RunningCommand collector, String body) throws IOException, InterruptedException {
        String address = collector.said().replaceFirst("(?s).*Ready: (\\S+).*", "$1");
        HttpRequest post = HttpRequest.newBuilder(URI.create(address)).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)).build();
        return HttpClient.newHttpClient().send(post, HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    private String stored(String name) throws IOException {
        Path file = store.resolve(name);
        return Files.exists(file) ? Files.readString(file) : "absent";
    }

    private String storedEvents() throws IOException {
        Path events = store.resolve(DATA + NODE + "/node_events");
        StringBuilder all = new StringBuilder();
        if (Files.isDirectory(events)) {
            try (Stream<Path> files = Files.list(events)) {
                for (Path file : files.sorted().toList()) {
                    all.append(Files.readString(file));
                }
            }
        }
        return all.toString();
    }

    private interface Text {
        String get() throws IOException;
    }

    private static void await(String what, Text text, Predicate<String> condition) throws IOException, InterruptedException {
        for (int tries = 0; !condition.test(text.get()); tries++) {
            assertTrue(tries < 300, what + " is still:\n" + text.get());
            Thread.sleep(100);
        }
    }

    @Test
    void everythingArrivesWhileRayLivesAndTheRestWhenItEnds() throws Exception {
        try (RunningCommand collector = collect()) {
            assertEquals(200, post(collector, "[" + EVENT.formatted("early") + "]"), "events are taken before there is a session");
            ray.log(SESSION, "raylet.out", "one\n");
            ray.begin(SESSION, NODE);
            await("the log", () -> stored(DATA + NODE + "/logs/raylet.out"), "one\n"::equals);
            await("the events", this::storedEvents, (EVENT.formatted("early") + "\n")::equals);
            await("the marker", () -> stored("ray/cluster-metadata/rayjob/team_j_demo/" + SESSION), ""::equals);
            await("the answer", () -> stored(DATA + "fetched_endpoints/restful__timezone"), text -> text.contains("Europe/London"));
            await("what is known", () -> stored(DATA + "fetched_endpoints/history__session_info"), text -> text.contains("2.60.0") && text.contains(NODE));
            ray.die();
            ray.log(SESSION, "raylet.out", "two\n");
            assertEquals(200, post(collector, EVENT.formatted("late")));
            assertEquals(0, collector.stop(), collector.said());
        }
        assertEquals("one\ntwo\n", stored(DATA + NODE + "/logs/raylet.out"));
        assertEquals(EVENT.formatted("early") + "\n" + EVENT.formatted("late") + "\n", storedEvents());
        assertTrue(stored(DATA + "fetched_endpoints/history__session_end").contains("Ray stopped"));
        Said sessions = Said.by("sessions", "--storage-directory", store.toString(), "--storage-root-dir", "ray");
        assertTrue(sessions.out().contains(SESSION), sessions.out());
    }

    @Test
    void whatTheStoreDidNotTakeIsReportedAndGoesWithTheNextStart() throws Exception {
        try (RunningCommand collector = collect()) {
            Files.move(store, folder.resolve("unmounted"));
            Files.writeString(store, "a file where a folder has to be");
            ray.log(SESSION, "raylet.out", "one\n");
            ray.begin(SESSION, NODE);
            assertEquals(200, post(collector, EVENT.formatted("one")));
            ray.die();
            assertEquals(3, collector.stop(), collector.said());
            assertTrue(collector.said().contains("bytes are unsent"), collector.said());
        }
        Files.delete(store);
        Files.move(folder.resolve("unmounted"), store);
        try (RunningCommand collector = collect()) {
            await("the log", () -> stored(DATA + NODE + "/logs/raylet.out"), "one\n"::equals);
            await("the events", this::storedEvents, (EVENT.formatted("one") + "\n")::equals);
            assertEquals(0, collector.stop(), collector.said());
        }
    }

    @Test
    void eventsAloneStillListTheSession() throws Exception {
        ray.log(SESSION, "raylet.out", "one\n");
        ray.begin(SESSION, NODE);
        try (RunningCommand collector = collect("--enable-log-collector=false")) {
            assertEquals(200, post(collector, EVENT.formatted("one")));
            await("the events", this::storedEvents, (EVENT.formatted("one") + "\n")::equals);
            await("the marker", () -> stored("ray/cluster-metadata/rayjob/team_j_demo/" + SESSION), ""::equals);
            ray.die();
            assertEquals(0, collector.stop(), collector.said());
        }
        assertEquals("absent", stored(DATA + NODE + "/logs/raylet.out"));
    }

    @Test
    void theOlderLayoutHasItsOwnNamesAndArrays() throws Exception {
        String data = "ray/demo_team/" + SESSION + "/";
        ray.log(SESSION, "raylet.out", "one\n");
        ray.begin(SESSION, NODE);
        try (RunningCommand collector = collect("--storage-layout=metadir")) {
            assertEquals(200, post(collector, EVENT.formatted("one")));
            ray.die();
            assertEquals(0, collector.stop(), collector.said());
            assertTrue(collector.said().contains("metadir knows no owners"), collector.said());
        }
        assertEquals("", stored("ray/metadir/demo_team/" + SESSION));
        assertEquals("one\n", stored(data + "logs/" + NODE + "/raylet.out"));
        assertTrue(stored(data + "fetched_endpoints/restful__timezone").contains("Europe/London"));
        try (Stream<Path> files = Files.list(store.resolve(data + "node_events"))) {
            Path events = files.findFirst().orElseThrow();
            assertTrue(events.getFileName().toString().matches(NODE + "-\\d{4}-\\d\\d-\\d\\d-\\d\\d"), events.toString());
            assertEquals("[\n" + EVENT.formatted("one") + "\n]", Files.readString(events));
        }
        assertFalse(Files.exists(store.resolve("ray/cluster-history")));
        Said sessions = Said.by("sessions", "--storage-directory", store.toString(), "--storage-root-dir", "ray");
        assertTrue(sessions.out().contains(SESSION), sessions.out());
    }

    @Test
    void logsOfANodeThatNobodyKnowsAreUnsent() throws Exception {
        ray.log(SESSION, "raylet.out", "says nothing of its id\n");
        ray.begin(SESSION, "unknown");
        try (RunningCommand collector = collect("--enable-event-collector=false")) {
            await("the marker", () -> stored("ray/cluster-metadata/rayjob/team_j_demo/" + SESSION), ""::equals);
            ray.die();
            assertEquals(3, collector.stop(), collector.said());
        }
        try (RunningCommand collector = collect("--enable-event-collector=false", "--ray-node-id=" + NODE)) {
            await("the log", () -> stored(DATA + NODE + "/logs/raylet.out"), text -> text.startsWith("says"));
            assertEquals(0, collector.stop(), collector.said());
        }
    }

    @Test
    void secondSignalHurriesTheFirst() {
        StopSignals signals = new StopSignals();
        List<String> done = new ArrayList<>();
        signals.onSecond(() -> done.add("hurry"));
        signals.stop();
        signals.await(() -> done.add("waited"), 3600);
        assertEquals(List.of(), done);
        signals.stop();
        assertEquals(List.of("hurry"), done);
    }

    @Test
    void portThatIsTakenIsAFailureThatNamesIt() throws IOException {
        String taken = ray.dashboardUrl().replaceFirst(".*:", "");
        Said said = Said.by("collect", "--ray-cluster-name=demo", "--storage-directory=" + store, "--event-data-dir=" + folder.resolve("spool"),
                "--ray-tmp-root=" + folder, "--events-port=" + taken, "--admin-port=0");
        assertEquals(1, said.code(), said.err());
        assertTrue(said.err().contains(taken), said.err());
    }
}
