package io.rayhistory.application.port;

import java.util.List;

/** The tokens for the dashboards of live clusters. Thread-safe; keeps them in memory only, per {@code uid}. */
public interface HeadTokens {

    /**
     * What to send to this cluster's dashboard: the tokens worth trying, the present one first, then the one before a
     * rotation (running Ray pods keep the old one until they are restarted). Empty if nothing is to be sent, or, to a {@link
     * HeadAuth.Mode#DELEGATED} cluster, the caller's own token. Asks the API server at most once a minute per Secret, and not
     * at all while a watch on that Secret runs; every 8 minutes for an account's tokens, after a failure every 10 s.
     *
     * @throws io.rayhistory.domain.HistoryException INVALID if the cluster wants a token and there is none, naming
     *         Secret, key and the right that is needed; UNAVAILABLE if the API server cannot be asked
     */
    List<HeadToken> tokens(LiveCluster cluster);

    /** To be called when the dashboard refused all of {@link #tokens}: the next call reads the Secret again. */
    void refused(LiveCluster cluster);
}
