package io.rayhistory.adapters.http.api;

import io.rayhistory.domain.query.SessionQueries;

/** {@code /api/v0/objects}: object references, which only running workers know. Always empty, with a warning that says so; bad questions are still refused. */
final class ObjectsApi {

    void register(SessionRoutes routes) {
        routes.get("/api/v0/objects", ErrorStyle.STATE, (ctx, session) ->
                StateLists.answer(ctx, session, SessionQueries::objects, true, (out, row, style) -> {
                    throw new IllegalStateException("object references are not recorded, yet there is a row: " + row);
                }));
    }
}
