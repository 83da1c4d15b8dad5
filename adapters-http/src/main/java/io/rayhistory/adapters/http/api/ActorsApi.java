package io.rayhistory.adapters.http.api;

import io.javalin.http.Context;
import io.rayhistory.adapters.http.json.ActorJson;
import io.rayhistory.adapters.http.json.JsonAnswers;
import io.rayhistory.application.read.StoredSession;
import io.rayhistory.domain.history.Actor;
import io.rayhistory.domain.history.SessionHistory;
import io.rayhistory.domain.history.Task;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** {@code /logical/actors} (Ray: {@code python/ray/dashboard/modules/node/node_head.py}). */
final class ActorsApi {
    /** The task that runs an actor's constructor has no unique part of its own. */
    private static final String CREATION = "f".repeat(16);

    void register(SessionRoutes routes) {
        routes.get("/logical/actors", ErrorStyle.REST, ActorsApi::list);
        routes.get("/logical/actors/{actor_id}", ErrorStyle.REST, ActorsApi::one);
    }

    private static void list(Context ctx, StoredSession session) throws IOException {
        SessionHistory history = session.history();
        String ids = ctx.queryParam("ids");
        JsonAnswers.rest(ctx, 200, "All actors fetched.", out -> {
            out.writeObjectFieldStart("actors");
            if (ids == null || ids.isEmpty()) {
                for (Actor actor : history.actors()) {
                    out.writeFieldName(actor.actorId());
                    ActorJson.write(out, actor, false, language(session, actor));
                }
            } else {
                Set<String> wanted = new LinkedHashSet<>(Arrays.asList(ids.split(",")));
                for (String id : wanted) {
                    out.writeFieldName(id);
                    Optional<Actor> actor = history.actor(id);
                    if (actor.isPresent()) {
                        ActorJson.write(out, actor.get(), false, language(session, actor.get()));
                    } else {
                        out.writeNull();
                    }
                }
            }
            out.writeEndObject();
        });
    }

    private static void one(Context ctx, StoredSession session) throws IOException {
        Optional<Actor> actor = session.history().actor(ctx.pathParam("actor_id"));
        JsonAnswers.rest(ctx, 200, "Actor details fetched.", out -> {
            out.writeFieldName("detail");
            if (actor.isPresent()) {
                ActorJson.write(out, actor.get(), true, language(session, actor.get()));
            } else {
                out.writeNull();
            }
        });
    }

    /** The language of the actor's constructor call; without that, of the log its process wrote; {@code ""} if neither tells. */
    static String language(StoredSession session, Actor actor) {
        String told = session.history().attempts(CREATION + actor.actorId()).stream().findFirst().map(Task::language)
                .orElse("");
        if (!told.isEmpty() || actor.workerId().isEmpty()) {
            return told;
        }
        boolean python = !session.logs().startingWith(actor.nodeId(), "python-core-worker-" + actor.workerId()).isEmpty();
        return python ? "PYTHON" : "";
    }
}
