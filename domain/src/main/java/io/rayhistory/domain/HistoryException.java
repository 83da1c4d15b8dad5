package io.rayhistory.domain;

/**
 * The one failure this code base throws on purpose. Its {@link Kind} says what a caller can do about it; adapters turn
 * every foreign exception into one of these, cause kept. Messages name the bad input or the object concerned and carry
 * no secrets, so they may be shown to users.
 */
public final class HistoryException extends RuntimeException {

    /** What went wrong, in terms of what a caller can do. Switch over it without {@code default}. */
    public enum Kind {
        /** The question is malformed; asking again will not help. */
        INVALID,
        /** The thing asked for is not stored. */
        MISSING,
        /** A documented limit was passed. */
        TOO_LARGE,
        /** The store cannot be reached or refuses us now; asking again later may help. */
        UNAVAILABLE,
        /** What is stored cannot be understood. */
        CORRUPT
    }

    private final Kind kind;

    public HistoryException(Kind kind, String message) {
        this(kind, message, null);
    }

    public HistoryException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    public static HistoryException invalid(String message) {
        return new HistoryException(Kind.INVALID, message);
    }

    public static HistoryException missing(String message) {
        return new HistoryException(Kind.MISSING, message);
    }

    public static HistoryException unavailable(String message, Throwable cause) {
        return new HistoryException(Kind.UNAVAILABLE, message, cause);
    }
}
