package io.rayhistory.application.read;

import io.rayhistory.domain.id.SessionKey;
import io.rayhistory.domain.id.SessionName;

import java.time.ZoneOffset;

/**
 * The figures of one session as the session index keeps them.
 *
 * @param fingerprint of the listing that the figures were made from, see {@link ListingFingerprint}
 * @param madeMs      when, by the clock of whoever made them; the later of two is right
 */
record IndexedSession(SessionKey key, String fingerprint, long madeMs, SessionSummary summary) {
    /** The day of sessions whose name tells none. */
    private static final String UNDATED = "undated";

    /** The day in whose object it lies: that of the session's start, in UTC, such as {@code 2026-11-22}. */
    String day() {
        return dayOf(key);
    }

    static String dayOf(SessionKey key) {
        return SessionName.of(key.session()).start(ZoneOffset.UTC)
                .map(start -> start.atOffset(ZoneOffset.UTC).toLocalDate().toString()).orElse(UNDATED);
    }

    static IndexedSession later(IndexedSession one, IndexedSession other) {
        return other.madeMs() > one.madeMs() ? other : one;
    }
}
