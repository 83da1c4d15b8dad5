package io.rayhistory.application.read;

import io.rayhistory.application.port.ObjectInfo;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * A loaded session that counts as ended and has not changed since it was listed for its load.
 *
 * @param fingerprint of the listing it was loaded from
 */
record EndedSession(SessionEntry entry, LoadedSessions.Loaded loaded, String fingerprint) {
    /** Our collectors' word that a node is done; others may be some seconds behind. */
    private static final String END = "history__session_end";
    private static final Duration AFTER_END = Duration.ofMinutes(1);

    /** Something that is made from an ended session and stored beside it, in the background. */
    @FunctionalInterface
    interface Product {
        /** Makes and stores it if that is called for. May throw; that is logged and ends this product's turn. */
        void store(EndedSession session);
    }

    /**
     * Whether nothing of a session has changed for a while. Nobody says that a session is over, and it may go on (a
     * restarted head keeps the name): what is made of it must be tied to its fingerprint.
     */
    static boolean isEnded(SessionContents contents, Instant now, Duration quiet) {
        Duration enough = contents.endpoints().containsKey(END) && quiet.compareTo(AFTER_END) > 0 ? AFTER_END : quiet;
        Instant latest = now.minus(enough);
        return Stream.of(contents.eventFiles().stream(), contents.endpoints().values().stream(),
                        contents.logs().values().stream().flatMap(files -> files.values().stream()))
                .flatMap(objects -> objects).map(ObjectInfo::modified).noneMatch(latest::isBefore);
    }
}
