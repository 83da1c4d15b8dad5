package io.rayhistory.adapters.http;

import io.rayhistory.domain.HistoryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class WebClientTest {

    @TempDir
    Path folder;

    @Test
    void clientIsServedBelowEverySession() throws Exception {
        build(folder, "client");
        try (SampleServer server = SampleServer.start(settings -> settings.withDashboardDir(folder))) {
            HttpResponse<String> page = server.get(SampleServer.BASE + "/");
            assertEquals("<title>client</title>", page.body());
            assertEquals("no-store", page.headers().firstValue("Cache-Control").orElse(""));
            assertEquals("text/html;charset=utf-8", page.headers().firstValue("Content-Type").orElse(""));
            assertEquals(page.body(), server.get(SampleServer.BASE + "/index.html").body());
            HttpResponse<String> script = server.get(SampleServer.BASE + "/static/js/main.js");
            assertEquals("client()", script.body());
            assertEquals("max-age=31536000", script.headers().firstValue("Cache-Control").orElse(""));
            assertTrue(script.headers().firstValue("Content-Type").orElse("").startsWith("text/javascript"));
            assertEquals(404, server.get(SampleServer.BASE + "/static/js/other.js").statusCode());
            assertEquals(404, server.get(SampleServer.BASE + "/static/js").statusCode());
            assertEquals(404, server.get("/static/js/main.js").statusCode(), "no session is selected");
        }
    }

    @Test
    void clientMayRunItsOwnScriptsAndAskThisServerAndNothingElse() throws Exception {
        build(folder, "client");
        try (SampleServer server = SampleServer.start(settings -> settings.withDashboardDir(folder))) {
            for (String path : List.of("/", "/index.html", "/static/js/main.js")) {
                HttpResponse<String> answer = server.get(SampleServer.BASE + path);
                List<String> rules = List.of(answer.headers().firstValue("Content-Security-Policy").orElse("").split("; "));
                assertTrue(rules.containsAll(List.of("default-src 'none'", "script-src 'self'", "connect-src 'self'", "base-uri 'none'",
                        "form-action 'none'", "frame-ancestors 'none'")), path + ": " + rules);
                assertTrue(rules.stream().noneMatch(rule -> rule.contains("unsafe") || rule.contains("*") || rule.startsWith("frame-src")), path + ": " + rules);
                assertEquals("nosniff", answer.headers().firstValue("X-Content-Type-Options").orElse(""));
            }
        }
    }

    @Test
    void framesAreForTheGrafanaThatWasNamedAlone() {
        assertTrue(ClientPolicy.of("https://grafana.example:3000/base?x=1").endsWith("; frame-src https://grafana.example:3000"));
        for (String none : List.of("", "DISABLED", "grafana.example", "javascript:alert(1)", "https://user;x@grafana.example", "https://a b", "file:///etc",
                "https://grafana.example,*")) {
            assertEquals(ClientPolicy.of(""), ClientPolicy.of(none), none);
        }
    }

    @Test
    void cookiesBringTheClientToTheRoot() throws Exception {
        build(folder, "client");
        try (SampleServer server = SampleServer.start(settings -> settings.withDashboardDir(folder))) {
            String cookies = "cluster_name=demo; cluster_namespace=default; session_name=" + SampleServer.SESSION;
            assertEquals("<title>client</title>", server.get("/", "Cookie", cookies).body());
            assertEquals("client()", server.get("/static/js/main.js", "Cookie", cookies).body());
            assertEquals(404, server.get("/").statusCode(), "neither a choice nor pages");
            assertEquals("./sessions", server.get("/select_cluster", "Cookie", cookies).headers().firstValue("Location").orElse(""));
        }
    }

    @Test
    void nothingOutsideTheFolderIsServed() throws Exception {
        Path client = Files.createDirectory(folder.resolve("client"));
        build(client, "client");
        Files.writeString(folder.resolve("secret.txt"), "secret");
        Files.createSymbolicLink(client.resolve("link.txt"), folder.resolve("secret.txt"));
        Files.createSymbolicLink(client.resolve("static").resolve("up"), folder);
        try (SampleServer server = SampleServer.start(settings -> settings.withDashboardDir(client))) {
            for (String path : List.of("/..%2fsecret.txt", "/static/..%2f..%2fsecret.txt", "/%2e%2e%2fsecret.txt", "/link.txt",
                    "/static/up/secret.txt", "/%2fetc%2fpasswd", "/static/%2e%2e/%2e%2e/secret.txt")) {
                HttpResponse<String> answer = server.get(SampleServer.BASE + path);
                assertTrue(List.of(400, 403, 404).contains(answer.statusCode()), path + ": " + answer.statusCode());
                assertTrue(!answer.body().contains("secret") || answer.body().contains("is no name"), path);
            }
            assertEquals(403, server.get(SampleServer.BASE + "/..%2fsecret.txt").statusCode());
            assertEquals(403, server.get(SampleServer.BASE + "/link.txt").statusCode());
        }
    }

    @Test
    void linksInsideTheFolderAreFollowed() throws IOException {
        build(folder, "client");
        Files.createSymbolicLink(folder.resolve("again.html"), folder.resolve("index.html"));
        assertTrue(new DashboardFiles(folder).file("", "again.html").isPresent());
    }

    @Test
    void versionOfTheSessionDecidesAmongManyClients() throws IOException {
        for (String version : List.of("2.9.0", "2.49.1", "2.53.0", "2.60.0")) {
            build(Files.createDirectory(folder.resolve(version)), version);
        }
        DashboardFiles files = new DashboardFiles(folder);
        assertEquals("2.53.0", chosen(files, "2.53.4"));
        assertEquals("2.60.0", chosen(files, "2.60.0"));
        assertEquals("2.53.0", chosen(files, "2.50.0"), "the next newer one");
        assertEquals("2.60.0", chosen(files, "2.99.0"), "the newest one");
        assertEquals("2.60.0", chosen(files, ""));
        assertEquals("2.60.0", chosen(files, "no version"), "the newest one");
        assertEquals("2.9.0", chosen(files, "2.9.3"), "numbers, not texts, are compared");
    }

    @Test
    void choiceOfTheClientIsTold() throws Exception {
        build(Files.createDirectory(folder.resolve("2.53.0")), "old");
        build(Files.createDirectory(folder.resolve("2.60.0")), "right");
        try (SampleServer server = SampleServer.start(settings -> settings.withDashboardDir(folder)); SampleServer without = SampleServer.start(s -> s)) {
            assertEquals("{\"available\":true,\"version\":\"2.60.0\",\"exact\":true,\"versions\":[\"2.53.0\",\"2.60.0\"]}",
                    server.get("/history/v1/dashboard?ray=2.60.0").body());
            assertTrue(server.get("/history/v1/dashboard?ray=2.53.4").body().contains("\"version\":\"2.53.0\",\"exact\":false"));
            assertTrue(server.get("/history/v1/dashboard").body().contains("\"version\":\"2.60.0\",\"exact\":false"));
            assertEquals("{\"available\":false,\"version\":\"\",\"exact\":false,\"versions\":[]}", without.get("/history/v1/dashboard?ray=2.60.0").body());
        }
    }

    @Test
    void versionedClientIsServed() throws Exception {
        build(Files.createDirectory(folder.resolve("2.53.0")), "old");
        build(Files.createDirectory(folder.resolve("2.60.0")), "right");
        build(Files.createDirectory(folder.resolve("3.0.0")), "new");
        try (SampleServer server = SampleServer.start(settings -> settings.withDashboardDir(folder))) {
            assertEquals("<title>right</title>", server.get(SampleServer.BASE + "/").body());
        }
    }

    @Test
    void folderWithoutAClientIsRefusedWithAHint() {
        HistoryException e = assertThrows(HistoryException.class, () -> new DashboardFiles(folder));
        assertEquals(HistoryException.Kind.INVALID, e.kind());
        assertTrue(e.getMessage().contains(folder.toString()) && e.getMessage().contains("index.html"), e.getMessage());
        assertThrows(HistoryException.class, () -> new DashboardFiles(folder.resolve("missing")));
    }

    private static String chosen(DashboardFiles files, String version) throws IOException {
        Optional<Path> index = files.file(version, "");
        return index.orElseThrow().getParent().getFileName().toString();
    }

    private static void build(Path dir, String name) throws IOException {
        Files.writeString(dir.resolve("index.html"), "<title>" + name + "</title>");
        Files.createDirectories(dir.resolve("static/js"));
        Files.writeString(dir.resolve("static/js/main.js"), name + "()");
    }
}
