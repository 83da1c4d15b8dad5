package io.rayhistory.adapters.http.intake;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Tells how a program is. Thread-safe. */
final class AdminHandler extends Handler.Abstract {
    private final Supplier<Map<String, String>> missing;
    private final Supplier<String> metrics;

    AdminHandler(Supplier<Map<String, String>> missing, Supplier<String> metrics) {
        this.missing = missing;
        this.metrics = metrics;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        String path = request.getHttpURI().getDecodedPath();
        switch (path == null ? "" : path) {
            case "/livez", "/readz", "/readyz", "/metrics" -> {
                if (reads) {
                    tell(path, response, callback);
                } else {
                    response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
                    Plain.text(response, callback, 405, "405: this is only read");
                }
            }
            default -> Plain.text(response, callback, 404, "404: expected /livez, /readz or /metrics");
        }
        return true;
    }

    private void tell(String path, Response response, Callback callback) {
        switch (path) {
            case "/livez" -> Plain.text(response, callback, 200, "ok");
            case "/metrics" -> Plain.answer(response, callback, 200, "text/plain; version=0.0.4; charset=utf-8", metrics.get());
            default -> {
                Map<String, String> waitsFor = missing.get();
                Plain.text(response, callback, waitsFor.isEmpty() ? 200 : 503, waitsFor.isEmpty() ? "ok"
                        : waitsFor.entrySet().stream().map(one -> one.getKey() + ": " + one.getValue()).collect(Collectors.joining("\n")));
            }
        }
    }
}
