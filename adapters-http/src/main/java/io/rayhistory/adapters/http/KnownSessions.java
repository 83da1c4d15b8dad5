package io.rayhistory.adapters.http;

import io.rayhistory.application.read.LoadReport;
import io.rayhistory.application.read.StoredSession;
import io.rayhistory.domain.history.SessionHistory;

import java.time.InstantSource;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Consumer;

/**
 * Numbers every loaded history, so that an answer can be tagged with what it was computed from. A number lives as long
 * as its history; another process counts anew behind another start, because it may decode more. Thread-safe.
 */
final class KnownSessions {
    private final String start;
    private final Consumer<LoadReport> onNew;
    private final Map<SessionHistory, Long> numbers = new WeakHashMap<>();
    private long last;

    /** @param onNew told once about every load whose result was used */
    KnownSessions(InstantSource clock, Consumer<LoadReport> onNew) {
        this.start = Long.toString(clock.millis(), 36);
        this.onNew = onNew;
    }

    /** A weak ETag for any answer from this session, given that answers depend on nothing else but the variant. */
    String tag(StoredSession session, boolean redacted) {
        return "W/\"" + start + "-" + Long.toString(number(session), 36) + (redacted ? "r" : "") + "\"";
    }

    private synchronized long number(StoredSession session) {
        Long known = numbers.get(session.history());
        if (known == null) {
            known = ++last;
            numbers.put(session.history(), known);
            onNew.accept(session.report());
        }
        return known;
    }
}
