package io.rayhistory.adapters.http.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.http.Context;
import io.rayhistory.adapters.http.json.ActorJson;
import io.rayhistory.adapters.http.json.JsonAnswers;
import io.rayhistory.adapters.http.json.NodeJson;
import io.rayhistory.application.read.StoredSession;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.history.Actor;
import io.rayhistory.domain.history.Node;
import io.rayhistory.domain.history.Worker;
import io.rayhistory.domain.id.IdKind;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code /nodes} and {@code /nodes/{id}} (Ray: {@code python/ray/dashboard/modules/node/node_head.py}). */
final class NodesApi {
    private final DashboardSettings settings;
    private final LogFacts facts;

    NodesApi(DashboardSettings settings, LogFacts facts) {
        this.settings = settings;
        this.facts = facts;
    }

    void register(SessionRoutes routes) {
        routes.get("/nodes", ErrorStyle.REST, this::list);
        routes.get("/nodes/{node_id}", ErrorStyle.REST, this::one);
    }

    private void list(Context ctx, StoredSession session) throws IOException {
        String view = ctx.queryParam("view");
        if ("summary".equals(view)) {
            JsonAnswers.rest(ctx, 200, "Node summary fetched.", out -> summary(out, session));
        } else if ("hostnamelist".equalsIgnoreCase(view)) {
            List<String> names = session.history().nodes().stream().filter(this::alive).map(Node::hostname).distinct()
                    .collect(Collectors.toList());
            JsonAnswers.rest(ctx, 200, "Node hostname list fetched.", out -> {
                out.writeArrayFieldStart("hostNameList");
                for (String name : names) {
                    out.writeString(name);
                }
                out.writeEndArray();
            });
        } else {
            throw HistoryException.invalid("Unknown view " + (view == null ? "None" : view));
        }
    }

    private void summary(JsonGenerator out, StoredSession session) throws IOException {
        Map<String, Integer> workers = new HashMap<>();
        session.history().workers().stream().filter(Worker::alive)
                .forEach(worker -> workers.merge(worker.nodeId(), 1, Integer::sum));
        out.writeArrayFieldStart("summary");
        for (Node node : session.history().nodes()) {
            out.writeStartObject();
            NodeJson.summary(out, shown(session, node, workers.getOrDefault(node.nodeId(), 0)));
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeObjectFieldStart("nodeLogicalResources");
        for (Node node : session.history().nodes()) {
            if (alive(node)) {
                ResourceUsage usage = new ResourceUsage()
                        .add(node.resourcesTotal(), facts.debugState(session, node.nodeId()));
                out.writeStringField(node.nodeId(), String.join("\n", usage.lines()));
            }
        }
        out.writeEndObject();
    }

    private boolean alive(Node node) {
        return node.state().equals("ALIVE") && !settings.nodesDeadAtEnd();
    }

    private NodeJson.Shown shown(StoredSession session, Node node, int workers) {
        boolean ended = node.state().equals("ALIVE") && settings.nodesDeadAtEnd();
        double store = node.resourcesTotal().getOrDefault("object_store_memory", 0.0);
        DebugState state = facts.debugState(session, node.nodeId());
        boolean dead = ended || node.state().equals("DEAD");
        double free = dead ? 0 : state.available().getOrDefault("object_store_memory", store);
        return new NodeJson.Shown(node, dead ? "DEAD" : node.state(),
                ended ? "The session ended while this node was alive." : node.stateMessage(),
                ended ? session.history().recordEndNs() / 1_000_000 : node.endTimeMs(), facts.sessionDir(session),
                workers, dead ? 0 : (long) Math.max(0, store - free), (long) free);
    }

    private void one(Context ctx, StoredSession session) throws IOException {
        String id = ctx.pathParam("node_id");
        Optional<Node> found = session.history().node(id);
        if (found.isEmpty()) {
            JsonAnswers.rest(ctx, 200, "Node details fetched.", NodeJson::unknown);
            return;
        }
        Node node = found.get();
        List<Worker> workers = session.history().workers().stream()
                .filter(worker -> worker.alive() && worker.nodeId().equals(id) && reports(session, worker))
                .collect(Collectors.toList());
        List<Actor> actors = session.history().actors().stream().filter(actor -> wasOn(actor, id))
                .collect(Collectors.toList());
        JsonAnswers.rest(ctx, 200, "Node details fetched.", out -> {
            out.writeObjectFieldStart("detail");
            NodeJson.detail(out, shown(session, node, workers.size()));
            workers(out, workers, actors);
            out.writeObjectFieldStart("actors");
            for (Actor actor : actors) {
                out.writeFieldName(actor.actorId());
                ActorJson.write(out, actor, true, ActorsApi.language(session, actor));
            }
            out.writeEndObject();
            out.writeEndObject();
        });
    }

    /** A live dashboard never takes an actor off a node that it once lived on. */
    private static boolean wasOn(Actor actor, String nodeId) {
        return actor.nodeId().equals(nodeId)
                || actor.incarnations().stream().anyMatch(placement -> placement.nodeId().equals(nodeId));
    }

    /** Drivers of Ray's own helpers are no children of the raylet, which is what a live dashboard looks at. */
    private static boolean reports(StoredSession session, Worker worker) {
        return !worker.type().equals("DRIVER") || session.history().job(worker.jobId()).isPresent();
    }

    private static void workers(JsonGenerator out, List<Worker> workers, List<Actor> actors) throws IOException {
        Map<String, Actor> byWorker = new HashMap<>();
        actors.forEach(actor -> byWorker.put(actor.workerId(), actor));
        out.writeArrayFieldStart("workers");
        for (Worker worker : workers) {
            worker(out, worker, byWorker.get(worker.workerId()));
        }
        out.writeEndArray();
    }

    private static void worker(JsonGenerator out, Worker worker, Actor actor) throws IOException {
        out.writeStartObject();
        out.writeNumberField("pid", worker.pid());
        out.writeNumberField("createTime", worker.startTimeMs() / 1e3);
        out.writeNumberField("cpuPercent", 0);
        out.writeArrayFieldStart("cmdline");
        out.writeString("ray::" + (actor == null ? "IDLE" : actor.className()));
        out.writeEndArray();
        out.writeStringField("language", "PYTHON");
        out.writeStringField("jobId", worker.jobId());
        out.writeArrayFieldStart("coreWorkerStats");
        out.writeStartObject();
        out.writeStringField("workerId", worker.workerId());
        out.writeStringField("jobId", worker.jobId());
        out.writeStringField("actorId", actor == null ? IdKind.ACTOR.nil() : actor.actorId());
        out.writeNumberField("pid", worker.pid());
        out.writeStringField("ipAddress", worker.ipAddress());
        out.writeStringField("language", "PYTHON");
        out.writeStringField("workerType", worker.type());
        out.writeEndObject();
        out.writeEndArray();
        out.writeEndObject();
    }
}
