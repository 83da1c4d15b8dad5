package io.rayhistory.application.read;

import java.time.Instant;
import java.util.Locale;

/**
 * Whether a stored session still runs, and how we know.
 *
 * @param code stable name of the reason, such as {@code cluster-gone}
 * @param text the reason for people
 * @param asOf when the knowledge is from
 */
public record SessionState(Phase phase, String code, String text, Instant asOf) {

    /** What a session can be. */
    public enum Phase {
        /** Its head runs. */
        LIVE,
        /** Its cluster has been put to sleep; its head may come back, even under the same session name. */
        SUSPENDED,
        /** It is over. */
        ENDED,
        /** Nobody can tell now. */
        UNKNOWN;

        /** As answers say it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
