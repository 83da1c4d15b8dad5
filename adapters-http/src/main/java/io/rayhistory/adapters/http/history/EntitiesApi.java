package io.rayhistory.adapters.http.history;

import io.javalin.http.Context;
import io.rayhistory.adapters.http.json.JsonAnswers;
import io.rayhistory.adapters.http.json.JsonBody;
import io.rayhistory.application.read.StoredSession;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.history.Actor;
import io.rayhistory.domain.history.Job;
import io.rayhistory.domain.history.LogEvent;
import io.rayhistory.domain.history.Node;
import io.rayhistory.domain.history.PlacementGroup;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The lists beside the tasks: actors, jobs, nodes, placement groups, events. */
final class EntitiesApi {
    private static final int LINES = 40;

    private final Rows<Actor> actors = new Rows<>(Actor::actorId, "start", EntityJson::actor)
            .sort("start", actor -> Rows.time(actor.startTimeMs())).sort("end", actor -> Rows.time(actor.endTimeMs()))
            .sort("class", Actor::className).sort("name", Actor::name).sort("state", Actor::state)
            .sort("node", Actor::nodeId).sort("job", Actor::jobId).sort("restarts", Actor::restarts).sort("actor", Actor::actorId)
            .filter("state", actor -> actor.state().name()).filter("class", Actor::className).filter("job", Actor::jobId)
            .filter("node", Actor::nodeId).filter("source", actor -> actor.provenance().name())
            .search(actor -> String.join(" ", actor.className(), actor.name(), actor.reprName(), actor.actorId()));
    private final Rows<Job> jobs = new Rows<>(EntityJson::idOf, "start", EntityJson::job)
            .sort("start", job -> Rows.time(job.startTimeMs())).sort("end", job -> Rows.time(job.endTimeMs()))
            .sort("status", Job::status).sort("job", EntityJson::idOf)
            .filter("status", Job::status).filter("source", job -> job.provenance().name())
            .search(job -> String.join(" ", job.jobId(), job.submissionId(), job.entrypoint(), job.message()));
    private final Rows<Node> nodes = new Rows<>(Node::nodeId, "start", EntityJson::node)
            .sort("start", node -> Rows.time(node.startTimeMs())).sort("end", node -> Rows.time(node.endTimeMs()))
            .sort("ip", Node::ipAddress).sort("state", Node::state)
            .filter("state", Node::state).filter("source", node -> node.provenance().name())
            .search(node -> String.join(" ", node.nodeId(), node.ipAddress(), node.hostname(), node.nodeName(), node.stateMessage()));
    private final Rows<PlacementGroup> groups = new Rows<>(PlacementGroup::placementGroupId, "group", EntityJson::group)
            .sort("group", PlacementGroup::placementGroupId).sort("state", PlacementGroup::state)
            .sort("name", PlacementGroup::name).sort("job", PlacementGroup::creatorJobId)
            .filter("state", PlacementGroup::state).filter("job", PlacementGroup::creatorJobId)
            .search(group -> group.name() + " " + group.placementGroupId());
    private final Rows<LogEvent> events = new Rows<>(LogEvent::eventId, "time", EntityJson::event)
            .sort("time", event -> Rows.time(event.timeSeconds())).sort("severity", LogEvent::severity)
            .filter("severity", LogEvent::severity).filter("sourceType", LogEvent::sourceType).filter("job", LogEvent::jobId)
            .search(event -> String.join(" ", event.message(), event.label(), event.sourceType(), event.hostname()));

    void register(Requests requests) {
        requests.loaded("/actors", (ctx, session) -> actors.send(ctx, session, session.history().actors()));
        requests.fresh("/actors/{actor}", this::actor);
        requests.loaded("/jobs", (ctx, session) -> jobs.send(ctx, session, session.history().jobs()));
        requests.fresh("/jobs/{job}", this::job);
        requests.loaded("/nodes", (ctx, session) -> nodes.send(ctx, session, session.history().nodes()));
        requests.loaded("/placement-groups",
                (ctx, session) -> groups.send(ctx, session, session.history().placementGroups()));
        requests.loaded("/events", this::events);
    }

    private void events(Context ctx, StoredSession session) throws IOException {
        Asked asked = new Asked(ctx);
        Instant from = asked.instant("from", Instant.MIN);
        Instant to = asked.instant("to", Instant.MAX);
        events.send(ctx, session, session.history().logEvents(), event -> {
            Instant time = Instant.ofEpochSecond(event.timeSeconds());
            return !time.isBefore(from) && time.isBefore(to);
        }, "\nfrom=" + from + "\nto=" + to);
    }

    private void actor(Context ctx, StoredSession session) throws IOException {
        String id = ctx.pathParam("actor");
        Actor actor = known(session.history().actor(id), "actor", id);
        one(ctx, session, "actor", out -> EntityJson.actor(out, actor, session), logs -> logs.ofActor(actor.actorId()));
    }

    private void job(Context ctx, StoredSession session) throws IOException {
        String id = ctx.pathParam("job");
        Job job = known(session.history().job(id), "job", id);
        one(ctx, session, "job", out -> EntityJson.job(out, job, session), logs -> logs.ofJob(job.submissionId()));
    }

    private static <T> T known(Optional<T> row, String what, String id) {
        return row.orElseThrow(() -> HistoryException.missing("no " + what + " '" + id.replaceAll("\\p{Cntrl}", "?")
                + "' is recorded in this session"));
    }

    private static void one(Context ctx, StoredSession session, String field, JsonBody row,
                            Function<AttemptLogs, List<AttemptLogs.Part>> parts) throws IOException {
        int lines = new Asked(ctx).whole("lines", 0, AttemptLogs.MOST_LINES, LINES);
        AttemptLogs logs = new AttemptLogs(session);
        JsonAnswers.send(ctx, 200, out -> {
            out.writeStartObject();
            out.writeObjectFieldStart(field);
            row.write(out);
            out.writeEndObject();
            logs.write(out, "logs", parts.apply(logs), lines);
            Out.ms(out, "recordEndMs", session.history().recordEndNs() / 1_000_000);
            out.writeEndObject();
        });
    }
}
