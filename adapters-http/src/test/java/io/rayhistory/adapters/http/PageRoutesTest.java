package io.rayhistory.adapters.http;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class PageRoutesTest {
    private static final Pages PAGES = new Pages() {
        @Override
        public String page(int depth) {
            return "<title>depth " + depth + "</title>";
        }

        @Override
        public String policy() {
            return "default-src 'none'";
        }

        @Override
        public Optional<File> asset(String path) {
            return path.equals("b1/js/main.js")
                    ? Optional.of(new File("text/javascript; charset=utf-8", "plain".getBytes(StandardCharsets.UTF_8), "packed".getBytes(StandardCharsets.UTF_8)))
                    : Optional.empty();
        }
    };
    private static SampleServer server;

    @BeforeAll
    static void start() {
        server = SampleServer.start(settings -> settings.withPages(PAGES));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"/,0", "/sessions,0", "/sessions/,1", "/sessions/ns/demo/session_1,3", "/sessions/ns/demo/session_1/tasks?q=a/b,4",
        "/sessions/ns/demo/session_1/logs/node/a%2fb/c,7", "/sessions/%3Cimg%20src=x%3E/a/b,3"})
    void everyAddressOfAPageIsThePageAtItsDepth(String path, int depth) throws Exception {
        HttpResponse<String> answer = server.get(path);
        assertEquals(200, answer.statusCode());
        assertEquals("<title>depth " + depth + "</title>", answer.body());
        assertEquals("default-src 'none'", header(answer, "Content-Security-Policy"));
        assertEquals("no-cache", header(answer, "Cache-Control"));
        assertEquals("nosniff", header(answer, "X-Content-Type-Options"));
        assertEquals("text/html;charset=utf-8", header(answer, "Content-Type"));
    }

    @Test
    void bottomlessAddressIsNobodys() throws Exception {
        assertEquals(404, server.get("/sessions/a" + "/b".repeat(70)).statusCode());
    }

    @Test
    void assetIsKeptForEverAndSentAsItWasPacked() throws Exception {
        HttpResponse<String> plain = server.get("/assets/b1/js/main.js");
        assertEquals("plain", plain.body());
        assertEquals("public, max-age=31536000, immutable", header(plain, "Cache-Control"));
        assertEquals("Accept-Encoding", header(plain, "Vary"));
        HttpResponse<String> packed = server.get("/assets/b1/js/main.js", "Accept-Encoding", "br, gzip");
        assertEquals("packed", packed.body(), "once, not twice");
        assertEquals("gzip", header(packed, "Content-Encoding"));
        assertEquals("", server.send("HEAD", "/assets/b1/js/main.js").body());
    }

    @ParameterizedTest
    @CsvSource({"/assets/b2/js/main.js", "/assets/b1/js/", "/assets/b1/js/..%2fjs%2fmain.js", "/assets/"})
    void otherAssetsAreNotThere(String path) throws Exception {
        HttpResponse<String> answer = server.get(path);
        assertTrue(answer.statusCode() == 404 || answer.statusCode() == 400, path + ": " + answer.statusCode());
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
