package io.rayhistory.adapters.http.history;

import io.javalin.http.Context;
import io.rayhistory.application.read.SessionEntry;
import io.rayhistory.application.read.StoredSession;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What the server around this API does for it. Thread-safe. */
public interface Frame {

    /**
     * The session that path parameters {@code namespace}, {@code cluster} and {@code session} name.
     *
     * @throws io.rayhistory.domain.HistoryException INVALID, MISSING or UNAVAILABLE
     */
    SessionEntry find(Map<String, String> pathParams);

    /** What stands for the session in paths: {@code namespace/cluster/session}, encoded, without slashes around it. */
    String pathOf(SessionEntry entry, boolean tellOwner);

    /** Leaves of the stored sessions those that whoever asks may see. */
    UnaryOperator<List<SessionEntry>> visible(Context ctx);

    /** Lets errors of this request be problem bodies. */
    void answerProblems(Context ctx);

    /** Says what an answer was computed from; true when the client has it already and the answer is given (304). */
    boolean unchanged(Context ctx, StoredSession session);
}
