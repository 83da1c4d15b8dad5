package io.rayhistory.adapters.raydashboard;

import io.rayhistory.application.port.LiveDashboards;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A WebSocket to a dashboard, read by a thread of its own as fast as our client takes it. Pinged after 20 s of silence;
 * ended when nothing answers for a minute, after 15 minutes without a message or 4 hours in all, by a message above
 * {@value #LONGEST} bytes, and when nobody starts it within a minute. Thread-safe.
 */
final class SocketTail implements LiveDashboards.Tail {
    private static final System.Logger LOG = System.getLogger(SocketTail.class.getName());
    private static final int LONGEST = 1 << 20;
    private static final int BROKEN = 1011;
    private static final int GOING_AWAY = 1001;
    private static final int NORMAL = 1000;
    private static final Duration PING = Duration.ofSeconds(20);
    private static final long DEAF_NS = Duration.ofMinutes(1).toNanos();
    private static final long IDLE_NS = Duration.ofMinutes(15).toNanos();
    private static final long WHOLE_NS = Duration.ofHours(4).toNanos();
    private static final long START_SECONDS = 60;
    private static final ScheduledExecutorService CLOCK = clock();

    private final Socket connection;
    private final Frames frames;
    private final Runnable place;
    private final ScheduledFuture<?> unstarted;
    private final AtomicBoolean over = new AtomicBoolean();
    private final long opened = System.nanoTime();
    private long heard;
    private long answered;

    /** Why it ends before the dashboard ends it. */
    private static final class Ended extends IOException {
        private static final long serialVersionUID = 1;

        Ended(String reason) {
            super(reason);
        }
    }

    private SocketTail(Upgrade accepted, Runnable place) throws IOException {
        this.connection = accepted.connection();
        this.frames = new Frames(accepted.in(), connection.getOutputStream(), LONGEST, this::quiet);
        this.place = place;
        connection.setSoTimeout(Math.toIntExact(PING.toMillis()));
        this.unstarted = CLOCK.schedule(this::close, START_SECONDS, TimeUnit.SECONDS);
    }

    private static ScheduledExecutorService clock() {
        ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "log-follow-clock");
            thread.setDaemon(true);
            return thread;
        });
        pool.setRemoveOnCancelPolicy(true);
        return pool;
    }

    /** @return a tail, the dashboard's refusal as an answer, or a failure */
    static LiveDashboards.Reply open(HeadRoute.Way way, URI uri, String token, LiveDashboards.Call call, Duration wait, Runnable place) {
        Map<String, String> headers = new LinkedHashMap<>(call.headers());
        HttpLiveDashboards.credentials(way, token, headers::put);
        try {
            Upgrade answer = Upgrade.ask(way, uri, headers, wait);
            if (answer.accepted()) {
                return new SocketTail(answer, place);
            }
            if (HttpLiveDashboards.wantsToken(answer.status())) {
                return new LiveDashboards.Failed(LiveDashboards.Failure.REFUSED, "");
            }
            place.run();
            return new LiveDashboards.Answer(answer.status(), answer.headers(), new ByteArrayInputStream(answer.body()));
        } catch (SocketTimeoutException e) {
            return new LiveDashboards.Failed(LiveDashboards.Failure.TIMEOUT, "its dashboard did not answer in time");
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "opening a WebSocket", e);
            return new LiveDashboards.Failed(LiveDashboards.Failure.UNREACHABLE, "its dashboard cannot be reached");
        }
    }

    @Override
    public void start(Consumer<String> text, Consumer<LiveDashboards.End> end) {
        unstarted.cancel(false);
        Thread thread = new Thread(() -> read(text, end), "log-follow");
        thread.setDaemon(true);
        thread.start();
    }

    private void read(Consumer<String> text, Consumer<LiveDashboards.End> end) {
        LiveDashboards.End how;
        try {
            how = messages(text);
        } catch (Ended | Frames.TooLong e) {
            how = new LiveDashboards.End(BROKEN, e.getMessage());
        } catch (IOException e) {
            // Who follows a log takes 1000 for the end of the job: a broken connection must never read like that.
            LOG.log(Level.DEBUG, "a WebSocket broke off", e);
            how = new LiveDashboards.End(BROKEN, "the dashboard broke off");
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "our client takes no more", e);
            how = new LiveDashboards.End(BROKEN, "what comes is not taken");
        }
        if (release()) {
            hangUp(how.code() == BROKEN ? GOING_AWAY : how.code());
            end.accept(how);
        }
    }

    private LiveDashboards.End messages(Consumer<String> text) throws IOException {
        ByteArrayOutputStream begun = new ByteArrayOutputStream();
        heard = System.nanoTime();
        answered = heard;
        while (true) {
            Frames.Message message = frames.next(begun);
            answered = System.nanoTime();
            switch (message.type()) {
                case Frames.CLOSE -> {
                    return new LiveDashboards.End(Frames.code(message.body(), NORMAL), Frames.reason(message.body()));
                }
                case Frames.PING -> frames.send(Frames.PONG, message.body());
                case Frames.TEXT -> {
                    text.accept(new String(message.body(), StandardCharsets.UTF_8));
                    heard = System.nanoTime(); // however long our client took
                    answered = heard;
                }
                default -> { } // the answer to a ping
            }
            limits();
        }
    }

    private void quiet() throws IOException {
        limits();
        if (System.nanoTime() - answered > DEAF_NS) {
            throw new Ended("the dashboard does not answer any more");
        }
        frames.send(Frames.PING, new byte[0]);
    }

    private void limits() throws Ended {
        long now = System.nanoTime();
        if (now - opened > WHOLE_NS || now - heard > IDLE_NS) {
            throw new Ended(now - opened > WHOLE_NS ? "ended after 4 hours" : "nothing was said for 15 minutes");
        }
    }

    private boolean release() {
        if (!over.compareAndSet(false, true)) {
            return false;
        }
        unstarted.cancel(false);
        place.run();
        return true;
    }

    private void hangUp(int code) {
        try (connection) {
            frames.sendClose(code);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the connection was closed already", e);
        }
    }

    @Override
    public void close() {
        if (release()) {
            hangUp(GOING_AWAY);
        }
    }
}
