package io.rayhistory.bootstrap;

import picocli.CommandLine.Command;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code rayhistory rehearse}: serves the bundled sample and collects from a node that is not there, briefly, so that a JVM which
 * was told to write down what it has loaded (class data sharing, AOT cache) has seen it all. The launcher runs it.
 */
@Command(name = "rehearse", hidden = true, versionProvider = Main.Version.class,
        header = "Serves and collects briefly, for a JVM that keeps what it loads for later starts.")
final class RehearseCommand implements Callable<Integer> {
    private static final Pattern READY = Pattern.compile("Ready: (http\\S+)");
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String SAMPLE = "s/default/demo/latest/";
    private static final List<String> QUESTIONS = List.of("readz", "clusters", "", "metrics", "history/v1/sessions?limit=100",
            SAMPLE + "api/v0/tasks?limit=100", SAMPLE + "api/v0/tasks?limit=10000&detail=1", SAMPLE + "api/v0/tasks/summarize",
            SAMPLE + "api/v0/tasks?filter_keys=state&filter_predicates=%3D&filter_values=FAILED", SAMPLE + "api/v0/actors?limit=100",
            SAMPLE + "api/v0/tasks/summarize?summary_by=lineage", SAMPLE + "api/v0/tasks/timeline", SAMPLE + "api/jobs/",
            SAMPLE + "nodes?view=summary");
    private static final String EVENT = "[{\"eventId\":\"AA==\",\"eventType\":\"NODE_LIFECYCLE_EVENT\",\"sourceType\":\"GCS\","
            + "\"timestamp\":\"2026-11-22T20:21:20Z\",\"sessionName\":\"session_2026-11-22_20-21-16_964865_19675\"}]";

    @FunctionalInterface
    private interface Visit {
        void to(String address) throws IOException;
    }

    @Override
    public Integer call() throws InterruptedException {
        TemporaryFolder folder = TemporaryFolder.create();
        try {
            Path store = folder.path().resolve("store");
            Path ray = folder.path().resolve("ray");
            Files.createDirectory(store);
            Files.createDirectory(ray);
            run(RehearseCommand::ask, "serve", "--port=0");
            run(RehearseCommand::post, "collect", "--role=worker", "--ray-cluster-name=rehearsal", "--storage-directory=" + store,
                    "--ray-tmp-root=" + ray, "--event-data-dir=" + folder.path().resolve("spool"), "--events-port=0", "--admin-port=0",
                    "--event-upload-interval=1s", "--shutdown-grace=1s");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            folder.close();
        }
        return 0;
    }

    /** Runs a command as {@code main} would, visits it once it is ready, and interrupts it. */
    private static void run(Visit visit, String... arguments) throws IOException, InterruptedException {
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        Thread command = new Thread(() -> Main.run(new Terminal(out, out, Map.of()), arguments), "rehearsal");
        command.start();
        try {
            visit.to(ready(command, said));
        } finally {
            command.interrupt();
            command.join(PATIENCE.toMillis());
        }
    }

    private static String ready(Thread command, StringWriter said) throws InterruptedException {
        long began = System.nanoTime();
        while (command.isAlive() && System.nanoTime() - began < PATIENCE.toNanos()) {
            Matcher found = READY.matcher(said.toString());
            if (found.find()) {
                return found.group(1);
            }
            Thread.sleep(20);
        }
        throw new IllegalStateException("not ready:\n" + said);
    }

    private static void ask(String url) throws IOException {
        for (String question : QUESTIONS) {
            exchange(url + question, "");
        }
    }

    private static void post(String url) throws IOException {
        exchange(url, EVENT);
    }

    private static void exchange(String url, String body) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) new URL(url).openConnection();
        if (!body.isEmpty()) {
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/json");
            try (OutputStream out = connection.getOutputStream()) {
                out.write(body.getBytes(StandardCharsets.UTF_8));
            }
        }
        try (InputStream answer = connection.getInputStream()) {
            answer.transferTo(OutputStream.nullOutputStream());
        }
    }
}
