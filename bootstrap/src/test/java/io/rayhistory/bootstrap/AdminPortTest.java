package io.rayhistory.bootstrap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The port where the server tells how it is, to anybody. */
final class AdminPortTest {
    @TempDir
    private Path folder;

    private static HttpResponse<String> get(String url) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void figuresAndProbesNeedNoTokenThereAndFiguresAreNowhereElse() throws Exception {
        Path tokens = Files.writeString(folder.resolve("tokens"), "a:" + "0".repeat(64) + "\n");
        try (RunningCommand serve = new RunningCommand("serve", "--port", "0", "--admin-port", "0", "--auth", "token", "--auth-token-file",
                tokens.toString(), "--storage-directory", StoredMarkers.in(folder.resolve("store"), "ray-a/c1").toString())) {
            String admin = serve.said().replaceAll("(?s).*Figures and probes: (\\S+).*", "$1");
            assertTrue(admin.matches("http://127\\.0\\.0\\.1:\\d+"), serve.said());
            assertEquals(401, serve.get("/clusters").statusCode());
            String figures = get(admin + "/metrics").body();
            assertTrue(figures.contains("rayhistory_http_requests_seconds_count{method=\"GET\",route=\"none\",status=\"401\"} 1"), figures);
            for (String probe : new String[] {"/livez", "/readyz", "/readz"}) {
                assertEquals("200 ok", get(admin + probe).statusCode() + " " + get(admin + probe).body().strip(), probe);
                assertEquals(200, serve.get(probe).statusCode(), probe);
            }
            assertEquals(404, get(admin + "/clusters").statusCode());
            assertEquals(401, serve.get("/metrics").statusCode());
        }
        try (RunningCommand serve = new RunningCommand("serve", "--port", "0", "--admin-port", "0", "--admin-host", "localhost")) {
            assertEquals(404, serve.get("/metrics").statusCode());
        }
    }

    @Test
    void anAddressThatIsNotOursIsSaid() {
        Said said = Said.by("serve", "--port", "0", "--admin-port", "0", "--admin-host", "192.0.2.1");
        assertEquals(1, said.code());
        assertTrue(said.err().contains("cannot listen on 192.0.2.1:0"), said.err());
    }
}
