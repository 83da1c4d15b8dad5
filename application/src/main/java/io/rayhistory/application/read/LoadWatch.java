package io.rayhistory.application.read;

import io.rayhistory.domain.HistoryException;

import java.lang.System.Logger;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Keeps one load within its time and tells the log how it is getting on. Used by the loading thread alone. */
final class LoadWatch implements Runnable {
    private static final Logger LOG = System.getLogger("io.rayhistory.load");
    private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final String session;
    private final Duration limit;
    private final long started = System.nanoTime();
    private long lastReport = started;
    private Supplier<String> progress = () -> "listing";

    LoadWatch(String session, Duration limit) {
        this.session = session;
        this.limit = limit;
    }

    /** @param progress what to say when a load takes long */
    void follow(Supplier<String> progress) {
        this.progress = progress;
    }

    /** @throws HistoryException UNAVAILABLE when the time is over */
    @Override
    public void run() {
        long now = System.nanoTime();
        if (now - started > limit.toNanos()) {
            throw tooSlow(session, limit, null);
        }
        if (now - lastReport > REPORT_NANOS) {
            lastReport = now;
            LOG.log(Logger.Level.INFO, () -> text("Loading %s for %.0f s: %s", session, seconds(), progress.get()));
        }
    }

    void finished(String outcome) {
        LOG.log(Logger.Level.INFO, () -> text("Loaded %s in %.2f s: %s", session, seconds(), outcome));
    }

    double seconds() {
        return (System.nanoTime() - started) / 1e9;
    }

    static HistoryException tooSlow(String session, Duration limit, Throwable cause) {
        return HistoryException.unavailable("Loading " + session + " took longer than the limit of "
                + limit.toSeconds() + " s and was given up.", cause);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
