package io.rayhistory.adapters.http.api;

import io.rayhistory.domain.query.SessionQueries;

/** {@code /api/v0/runtime_envs}: runtime environments, which only running agents know. Always empty, with a warning that says so; bad questions are still refused. */
final class RuntimeEnvsApi {

    void register(SessionRoutes routes) {
        routes.get("/api/v0/runtime_envs", ErrorStyle.STATE, (ctx, session) ->
                StateLists.answer(ctx, session, SessionQueries::runtimeEnvs, true, (out, row, style) -> {
                    throw new IllegalStateException("runtime environments are not recorded, yet there is a row: " + row);
                }));
    }
}
