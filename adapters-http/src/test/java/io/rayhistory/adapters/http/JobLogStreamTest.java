package io.rayhistory.adapters.http;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class JobLogStreamTest {
    @RegisterExtension
    static final SampleServer server = SampleServer.start(settings -> settings);

    @Test
    void wholeLogIsSentAndTheConnectionEndsNormally() throws Exception {
        Received received = open("/api/jobs/raysubmit_demo/logs/tail", "");
        assertEquals(1000, received.closed.get(20, TimeUnit.SECONDS));
        Path file = Path.of("../samples/hello-session/cluster-history/raycluster/default/demo", SampleServer.SESSION,
                "5263ab4e58b0b118a9ecbb1b829dcf4eb165494fc261bfd004660e1f", "logs", "job-driver-raysubmit_demo.log");
        assertEquals(Files.readString(file), received.text.toString());
    }

    @Test
    void unknownJobIs404BeforeTheUpgrade() {
        assertEquals(404, refused("/api/jobs/nobody/logs/tail", ""));
    }

    @Test
    void driverHasNoSuchLog() {
        assertEquals(400, refused("/api/jobs/02000000/logs/tail", ""));
    }

    @Test
    void pagesFromElsewhereAreRefused() throws Exception {
        assertEquals(400, refused("/api/jobs/raysubmit_demo/logs/tail", "http://evil.example"));
        String own = "http://" + server.uri("/").getAuthority();
        assertEquals(1000, open("/api/jobs/raysubmit_demo/logs/tail", own).closed.get(20, TimeUnit.SECONDS));
    }

    private static int refused(String path, String origin) {
        CompletionException e = assertThrows(CompletionException.class, () -> open(path, origin));
        return ((WebSocketHandshakeException) e.getCause()).getResponse().statusCode();
    }

    private static Received open(String path, String origin) {
        Received received = new Received();
        WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
        if (!origin.isEmpty()) {
            builder.header("Origin", origin);
        }
        builder.buildAsync(URI.create(server.uri(SampleServer.BASE + path).toString().replace("http:", "ws:")), received).join();
        return received;
    }

    private static final class Received implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            closed.complete(status);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            closed.completeExceptionally(error);
        }
    }
}
