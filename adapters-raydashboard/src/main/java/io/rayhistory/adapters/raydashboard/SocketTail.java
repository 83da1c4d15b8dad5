package io.rayhistory.adapters.raydashboard;

import io.rayhistory.application.port.LiveDashboards;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A WebSocket to a dashboard, read as fast as our client takes it. Kept awake by pings; ended after 15 minutes without a
 * message or 4 hours in all, or by a message above {@value #LONGEST} characters. Thread-safe.
 */
final class SocketTail implements LiveDashboards.Tail, WebSocket.Listener {
    static final String TOKEN_HEADER = "x-ray-authorization";
    static final String BEARER = "Bearer ";
    private static final int LONGEST = 1 << 20;
    private static final int BROKEN = 1011;
    private static final int GOING_AWAY = 1001;
    private static final int NO_CODE = 1005;
    private static final int NO_CLOSE = 1006;
    private static final int NORMAL = 1000;
    private static final long PING_SECONDS = 20;
    private static final long IDLE_NS = Duration.ofMinutes(15).toNanos();
    private static final long WHOLE_NS = Duration.ofHours(4).toNanos();
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final ScheduledExecutorService CLOCK = clock();

    private final Runnable place;
    private final AtomicBoolean over = new AtomicBoolean();
    private final StringBuilder message = new StringBuilder();
    private final long opened = System.nanoTime();
    private volatile long heard = opened;
    private volatile WebSocket socket;
    private volatile ScheduledFuture<?> pings;
    private volatile Consumer<String> text = ignored -> { };
    private volatile Consumer<LiveDashboards.End> end = ignored -> { };

    private SocketTail(Runnable place) {
        this.place = place;
    }

    private static ScheduledExecutorService clock() {
        ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "tail-pings");
            thread.setDaemon(true);
            return thread;
        });
        pool.setRemoveOnCancelPolicy(true);
        return pool;
    }

    /** @return a tail, the dashboard's refusal as an answer, or a failure */
    static LiveDashboards.Reply open(HttpClient client, URI uri, String token, LiveDashboards.Call call, Runnable place) {
        SocketTail tail = new SocketTail(place);
        WebSocket.Builder builder = client.newWebSocketBuilder().connectTimeout(CONNECT);
        call.headers().forEach(builder::header);
        if (!token.isEmpty()) {
            builder.header(TOKEN_HEADER, BEARER + token);
        }
        try {
            tail.socket = builder.buildAsync(uri, tail).join();
            return tail;
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof WebSocketHandshakeException refusal)) {
                return new LiveDashboards.Failed(LiveDashboards.Failure.UNREACHABLE, "its dashboard cannot be reached");
            }
            HttpResponse<?> answer = refusal.getResponse();
            if (HttpLiveDashboards.wantsToken(answer.statusCode())) {
                return new LiveDashboards.Failed(LiveDashboards.Failure.REFUSED, "");
            }
            place.run();
            String body = answer.body() instanceof String said ? said : "";
            return new LiveDashboards.Answer(answer.statusCode(), answer.headers().map(),
                    new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Override
    public void onOpen(WebSocket opening) {
        // nothing is asked for before there is somebody to take it
    }

    @Override
    public void start(Consumer<String> texts, Consumer<LiveDashboards.End> ending) {
        text = texts;
        end = ending;
        pings = CLOCK.scheduleAtFixedRate(this::ping, PING_SECONDS, PING_SECONDS, TimeUnit.SECONDS);
        socket.request(1);
    }

    private void ping() {
        long now = System.nanoTime();
        if (now - heard > IDLE_NS || now - opened > WHOLE_NS) {
            finish(BROKEN, now - opened > WHOLE_NS ? "ended after 4 hours" : "nothing was said for 15 minutes");
            socket.abort();
        } else {
            socket.sendPing(ByteBuffer.allocate(0));
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        heard = System.nanoTime();
        message.append(part);
        if (message.length() > LONGEST) {
            finish(BROKEN, "a message is longer than " + LONGEST + " characters");
            from.abort();
            return null;
        }
        if (last) {
            String whole = message.toString();
            message.setLength(0);
            try {
                text.accept(whole);
            } catch (RuntimeException e) {
                close();
                return null;
            }
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        // Who follows a log takes 1000 for the end of the job: a broken connection must never read like that.
        finish(code == NO_CODE ? NORMAL : code == NO_CLOSE ? BROKEN : code, reason);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        finish(BROKEN, "the dashboard broke off");
    }

    private void finish(int code, String reason) {
        if (release()) {
            end.accept(new LiveDashboards.End(code, reason));
        }
    }

    private boolean release() {
        if (!over.compareAndSet(false, true)) {
            return false;
        }
        ScheduledFuture<?> timer = pings;
        if (timer != null) {
            timer.cancel(false);
        }
        place.run();
        return true;
    }

    @Override
    public void close() {
        if (release()) {
            socket.sendClose(GOING_AWAY, "").orTimeout(1, TimeUnit.SECONDS).whenComplete((done, failure) -> socket.abort());
        }
    }
}
