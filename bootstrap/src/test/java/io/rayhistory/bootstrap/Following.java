package io.rayhistory.bootstrap;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Follows the log of a job as Ray's command line does. */
final class Following {
    private Following() {
    }

    /** Its messages, each with a bar behind it, then code and reason of its end. @param base of the session */
    static String log(String base, String job) throws Exception {
        return begin(base, job).get(60, TimeUnit.SECONDS);
    }

    /** The same, to be waited for. */
    static CompletableFuture<String> begin(String base, String job) {
        CompletableFuture<String> whole = new CompletableFuture<>();
        StringBuffer text = new StringBuffer();
        URI uri = URI.create(base.replaceFirst("^http", "ws") + "/api/jobs/" + job + "/logs/tail");
        HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(uri, new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
                text.append(part).append(last ? "|" : "");
                socket.request(1);
                return null;
            }

            @Override
            public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
                whole.complete(text + "" + code + " " + reason);
                return null;
            }

            @Override
            public void onError(WebSocket socket, Throwable failure) {
                whole.complete(text + "" + failure);
            }
        }).join();
        return whole;
    }
}
