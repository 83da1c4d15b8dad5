package io.rayhistory.bootstrap;

import io.rayhistory.golden.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What the API gives away as a file is what {@code open} takes: the same answers come out again. */
class DownloadedSessionTest {
    private static final String SESSION = "session_2026-11-22_20-21-16_964865_19675";
    private static final String BASE = "/history/v1/sessions/default/demo/" + SESSION;

    @Test
    void aDownloadedSessionOpensWithTheSameAnswers(@TempDir Path folder) throws Exception {
        Path archive = folder.resolve("demo.tar.gz");
        String failures;
        String tasks;
        String logs;
        try (RunningCommand serve = new RunningCommand("serve", "--port", "0", "--storage-directory",
                Recording.unpack("store", folder).toString(), "--storage-root-dir", "ray")) {
            HttpResponse<Path> answer = HttpClient.newHttpClient().send(
                    HttpRequest.newBuilder(URI.create(serve.url() + BASE + "/archive")).build(), HttpResponse.BodyHandlers.ofFile(archive));
            assertEquals(200, answer.statusCode());
            assertTrue(answer.headers().firstValue("Content-Disposition").orElse("").contains("demo-" + SESSION + ".tar.gz"));
            failures = serve.get(BASE + "/failures").body();
            tasks = serve.get(BASE + "/tasks?limit=1000").body();
            logs = serve.get(BASE + "/logs").body();
            assertEquals(0, serve.stop());
        }
        try (RunningCommand open = new RunningCommand("open", archive.toString(), "--port", "0")) {
            assertEquals(failures, open.get(BASE + "/failures").body());
            assertEquals(tasks, open.get(BASE + "/tasks?limit=1000").body());
            assertEquals(logs.replaceAll("\"modifiedMs\":\\d+", ""), open.get(BASE + "/logs").body().replaceAll("\"modifiedMs\":\\d+", ""));
            assertEquals(0, open.stop());
        }
    }
}
