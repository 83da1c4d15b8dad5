package io.rayhistory.adapters.http;

import io.javalin.http.Context;
import io.rayhistory.adapters.http.api.ErrorStyle;
import io.rayhistory.adapters.http.history.Frame;
import io.rayhistory.application.read.SessionEntry;
import io.rayhistory.application.read.StoredSession;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What this server does for the API of its own pages. */
final class HistoryFrame implements Frame {
    private final SessionSelector selector;
    private final KnownSessions known;
    private final ErrorAnswers errors;
    private final SeenSessions seen;

    HistoryFrame(SessionSelector selector, KnownSessions known, ErrorAnswers errors, SeenSessions seen) {
        this.seen = seen;
        this.selector = selector;
        this.known = known;
        this.errors = errors;
    }

    @Override
    public SessionEntry find(Map<String, String> pathParams) {
        return selector.byPath(pathParams);
    }

    @Override
    public String pathOf(SessionEntry entry, boolean tellOwner) {
        String base = SessionNames.base(entry, tellOwner);
        return base.substring("s/".length(), base.length() - 1);
    }

    @Override
    public UnaryOperator<List<SessionEntry>> visible(Context ctx) {
        return stored -> seen.of(ctx, stored, entry -> entry.key().cluster());
    }

    @Override
    public void answerProblems(Context ctx) {
        errors.style(ctx, ErrorStyle.PROBLEM);
    }

    @Override
    public boolean unchanged(Context ctx, StoredSession session) {
        String tag = known.tag(session, false);
        ctx.header("ETag", tag).header("Cache-Control", "no-cache").header("Vary", "Accept-Encoding");
        String asked = ctx.header("If-None-Match");
        if (asked == null || !asked.contains(tag)) {
            return false;
        }
        ctx.status(304);
        return true;
    }
}
