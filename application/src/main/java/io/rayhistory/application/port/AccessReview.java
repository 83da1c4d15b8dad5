package io.rayhistory.application.port;

/**
 * Asks an authority, such as a Kubernetes API server, who somebody is and what they may see. Answers are remembered for
 * a short, bounded time: who somebody is for 60 s (refusals 5 s), what they may see for 30 s (refusals 5 s); while the
 * authority is away, what it granted holds for up to 5 minutes and everything else is UNAVAILABLE. It never fails open.
 * Equal questions at the same time are asked once. Thread-safe; may block for some seconds.
 */
public interface AccessReview extends AutoCloseable {

    /**
     * Who presents this token.
     *
     * @param token as presented, without {@code Bearer}; an empty one is rejected without asking
     */
    Identity authenticate(String token);

    /**
     * Whether the caller may see the history of a namespace, or of one cluster in it: may they {@code get
     * rayclusters.ray.io} there? Roles can be limited to names, so no for a namespace does not mean no for every cluster.
     *
     * @param namespace {@code ""} asks for all namespaces at once
     * @param cluster   {@code ""} asks for the namespace as a whole
     */
    Decision maySee(Caller caller, String namespace, String cluster);

    /** Which authority is asked, for people. No secrets. */
    String describe();

    @Override
    void close();

    /** Who it is, or why nobody knows. */
    sealed interface Identity {

        /** Vouched for. */
        record Known(Caller caller) implements Identity {
        }

        /** The token is none of theirs. @param reason for people, without the token */
        record Rejected(String reason) implements Identity {
        }

        /** The authority could not be asked, or does not let us ask. @param reason for people */
        record Unavailable(String reason) implements Identity {
        }
    }

    /** May they? */
    enum Decision {
        /** They may. */
        YES,
        /** They may not. */
        NO,
        /** The authority could not be asked; treat as no, and say that it may change. */
        UNAVAILABLE
    }
}
