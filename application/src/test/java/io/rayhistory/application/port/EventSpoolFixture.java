package io.rayhistory.application.port;

import io.rayhistory.application.port.EventSpool.Batch;
import io.rayhistory.application.port.EventSpool.Category;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.HistoryException.Kind;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** What the parts of {@link EventSpoolContract} share: the spool under test, its clock, and short ways to use it. */
public abstract class EventSpoolFixture {
    public static final Category NODE = new Category("session_1", "");
    public static final Category JOB = new Category("session_1", "01000000");
    static final Duration HOUR = Duration.ofHours(1);

    private Instant now = Instant.parse("2026-11-22T20:21:16.000000001Z");

    /** A fresh, empty spool of the cluster {@code c_ns}, with a node told for no session. */
    protected abstract EventSpool spool(SpoolSettings settings);

    protected final Instant now() {
        return now;
    }

    protected final void pass(Duration time) {
        now = now.plus(time);
    }

    /** Lines, each kept or none. */
    public static void post(EventSpool spool, Category category, String... lines) {
        try (Batch batch = spool.begin()) {
            append(batch, category, lines);
            batch.commit();
        }
    }

    public static void append(Batch batch, Category category, String... lines) {
        for (String line : lines) {
            byte[] bytes = ("<" + line + ">").getBytes(StandardCharsets.UTF_8);
            batch.append(category, bytes, 1, bytes.length - 2);
        }
    }

    public static String text(EventSpool spool, SpoolFile file) {
        return spool.read(file, 0, file.committed(), StoreFixture::utf8).orElseThrow();
    }

    static SpoolFile only(EventSpool spool) {
        assertEquals(1, spool.files().size());
        return spool.files().get(0);
    }

    static void fails(Kind kind, Runnable action) {
        HistoryException failure = assertThrows(HistoryException.class, action::run);
        assertEquals(kind, failure.kind(), failure.getMessage());
    }
}
