package io.rayhistory.adapters.http;

import io.javalin.websocket.WsConnectContext;
import io.rayhistory.application.port.LiveDashboards.End;
import io.rayhistory.application.port.LiveDashboards.Tail;
import org.eclipse.jetty.websocket.api.Callback;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Passes messages of a dashboard's WebSocket on, one by one, and its end. */
final class LiveSocket {
    /** Longer than the dashboard's side stays silent, which ends first. */
    private static final Duration IDLE = Duration.ofMinutes(16);
    private static final long PING_SECONDS = 20;
    private static final long FRAME_SECONDS = 60;
    private static final int LONGEST_REASON = 120;
    private static final int SERVER_ERROR = 1011;
    private static final int FIRST_PRIVATE = 3000;

    private LiveSocket() {
    }

    static void run(WsConnectContext ctx, Tail tail) {
        ctx.session.setIdleTimeout(IDLE);
        ctx.enableAutomaticPings(PING_SECONDS, TimeUnit.SECONDS);
        tail.start(text -> send(ctx, text), end -> close(ctx, end));
    }

    private static void send(WsConnectContext ctx, String text) {
        Callback.Completable sent = new Callback.Completable();
        ctx.session.sendText(text, sent);
        try {
            sent.get(FRAME_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the client does not take the stream", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static void close(WsConnectContext ctx, End end) {
        ctx.disableAutomaticPings();
        boolean sendable = end.code() >= FIRST_PRIVATE || end.code() >= 1000 && end.code() <= 1003 || end.code() >= 1007 && end.code() <= 1014;
        byte[] reason = end.reason().getBytes(StandardCharsets.UTF_8);
        ctx.closeSession(sendable ? end.code() : SERVER_ERROR, reason.length > LONGEST_REASON ? "" : end.reason());
    }
}
