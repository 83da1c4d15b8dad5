package io.rayhistory.adapters.http.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.http.Context;
import io.rayhistory.adapters.http.json.JsonAnswers;
import io.rayhistory.adapters.http.json.PageJson;
import io.rayhistory.adapters.http.json.RowStyle;
import io.rayhistory.application.read.StoredSession;
import io.rayhistory.domain.query.ListQuery;
import io.rayhistory.domain.query.Page;
import io.rayhistory.domain.query.SessionQueries;

import java.io.IOException;
import java.util.function.Function;

/** What the list resources of the state API share: parameters in, one page of styled rows out. */
final class StateLists {

    /** Puts the question. */
    @FunctionalInterface
    interface Question<T> {
        Page<T> ask(SessionQueries queries, ListQuery query);
    }

    /** Writes a row in a style. */
    @FunctionalInterface
    interface StyledRow<T> {
        void write(JsonGenerator out, T row, RowStyle style) throws IOException;
    }

    private StateLists() {
    }

    /** A handler for a list whose source cannot fail in part. */
    static <T> SessionHandler of(Question<T> question, StyledRow<? super T> row) {
        return (ctx, session) -> answer(ctx, session, question, false, row);
    }

    /** The same for rows whose writer is made anew for every answer. */
    static <T> SessionHandler inStyle(Question<T> question, Function<RowStyle, PageJson.RowWriter<T>> rows) {
        return (ctx, session) -> send(ctx, session, question, false, rows);
    }

    /** Answers one list request; what is wrong with the question is told before anything is sent. */
    static <T> void answer(Context ctx, StoredSession session, Question<T> question, boolean noFailures,
                           StyledRow<? super T> row) throws IOException {
        send(ctx, session, question, noFailures, style -> (target, each) -> row.write(target, each, style));
    }

    private static <T> void send(Context ctx, StoredSession session, Question<T> question, boolean noFailures,
                                 Function<RowStyle, PageJson.RowWriter<T>> rows) throws IOException {
        StateParameters parameters = StateParameters.parse(ctx::queryParams);
        Page<T> page = question.ask(new SessionQueries(session.history()), parameters.query());
        RowStyle style = new RowStyle(parameters.detail(), RowStyle.isRay260(session.rayVersion()),
                RuntimeEnvRedaction.applies(ctx));
        JsonAnswers.state(ctx, out ->
                PageJson.write(out, page, noFailures, rows.apply(style)));
    }
}
