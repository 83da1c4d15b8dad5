package io.rayhistory.adapters.http.history;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rayhistory.application.read.StoredSession;
import io.rayhistory.domain.event.TaskState;
import io.rayhistory.domain.failure.ActorDeath;
import io.rayhistory.domain.failure.NodeDeath;
import io.rayhistory.domain.history.Actor;
import io.rayhistory.domain.history.ActorPlacement;
import io.rayhistory.domain.history.Job;
import io.rayhistory.domain.history.LogEvent;
import io.rayhistory.domain.history.Node;
import io.rayhistory.domain.history.PlacementGroup;
import io.rayhistory.domain.history.Provenance;
import io.rayhistory.domain.history.TaskColumn;
import io.rayhistory.domain.history.TaskTable;

import java.io.IOException;
import java.util.Optional;
import java.util.function.IntPredicate;

/** The members of rows that are no attempts. */
final class EntityJson {

    private EntityJson() {
    }

    static String idOf(Job job) {
        return job.submissionId().isEmpty() ? job.jobId() : job.submissionId();
    }

    private static long recordEndMs(StoredSession session) {
        return session.history().recordEndNs() / 1_000_000;
    }

    static void actor(JsonGenerator out, Actor actor, StoredSession session) throws IOException {
        out.writeStringField("actorId", actor.actorId());
        out.writeStringField("className", actor.className());
        out.writeStringField("name", actor.name());
        out.writeStringField("repr", actor.reprName());
        out.writeStringField("state", actor.state().name());
        out.writeStringField("jobId", actor.jobId());
        out.writeStringField("nodeId", actor.nodeId());
        out.writeStringField("nodeIp", actor.ipAddress());
        out.writeStringField("workerId", actor.workerId());
        Out.positive(out, "pid", actor.pid());
        out.writeNumberField("restarts", actor.restarts());
        out.writeBooleanField("detached", actor.detached());
        Out.numbers(out, "resources", actor.requiredResources());
        out.writeStringField("placementGroupId", actor.placementGroupId());
        Out.times(out, actor.startTimeMs(), actor.endTimeMs(), recordEndMs(session));
        out.writeFieldName("death");
        Optional<ActorDeath> death = ActorDeath.of(actor);
        if (death.isPresent()) {
            out.writeStartObject();
            out.writeStringField("kind", death.get().kind());
            out.writeStringField("reason", death.get().reason());
            out.writeStringField("text", death.get().text());
            out.writeBooleanField("expected", death.get().meaning() == ActorDeath.Meaning.EXPECTED);
            out.writeEndObject();
        } else {
            out.writeNull();
        }
        out.writeArrayFieldStart("incarnations");
        for (ActorPlacement placement : actor.incarnations()) {
            out.writeStartObject();
            Out.ms(out, "startMs", placement.timeNs() / 1_000_000);
            out.writeStringField("nodeId", placement.nodeId());
            out.writeStringField("workerId", placement.workerId());
            Out.positive(out, "pid", placement.pid());
            out.writeEndObject();
        }
        out.writeEndArray();
        Out.source(out, actor.provenance(), "");
    }

    static void job(JsonGenerator out, Job job, StoredSession session) throws IOException {
        out.writeStringField("jobId", job.jobId());
        out.writeStringField("submissionId", job.submissionId());
        out.writeStringField("kind", job.submission() ? "submission" : "driver");
        out.writeStringField("status", job.status());
        out.writeStringField("entrypoint", job.entrypoint());
        out.writeStringField("message", job.message());
        out.writeStringField("errorType", job.errorType());
        out.writeFieldName("exitCode");
        if (job.driverExitCode() == null) {
            out.writeNull();
        } else {
            out.writeNumber(job.driverExitCode());
        }
        Out.times(out, job.startTimeMs(), job.endTimeMs(), recordEndMs(session));
        out.writeStringField("nodeId", job.driverNodeId());
        out.writeStringField("nodeIp", job.driver() == null ? AttemptJson.ip(session.history(), job.driverNodeId())
                : job.driver().nodeIpAddress());
        Out.positive(out, "pid", job.driver() == null ? 0 : job.driver().pid());
        Out.texts(out, "metadata", job.metadata());
        attempts(out, session.history().tasks(), session.history().tasks().where(TaskColumn.JOB_ID, job.jobId()::equals));
        Out.source(out, job.provenance(), "");
    }

    static void node(JsonGenerator out, Node node, StoredSession session) throws IOException {
        boolean dead = node.state().equals("DEAD");
        out.writeStringField("nodeId", node.nodeId());
        out.writeStringField("ip", node.ipAddress());
        out.writeStringField("hostname", node.hostname());
        out.writeStringField("name", node.nodeName());
        out.writeBooleanField("head", node.head());
        out.writeStringField("state", node.state());
        out.writeFieldName("expected");
        if (!dead || node.stateMessage().isEmpty()) {
            out.writeNull();
        } else {
            out.writeBoolean(NodeDeath.isExpected(node));
        }
        out.writeStringField("stateMessage", node.stateMessage());
        Out.times(out, node.startTimeMs(), node.endTimeMs(), recordEndMs(session));
        Out.numbers(out, "resources", node.resourcesTotal());
        Out.texts(out, "labels", node.labels());
        out.writeStringField("instanceId", node.instanceId());
        out.writeStringField("instanceType", node.instanceTypeName());
        TaskTable tasks = session.history().tasks();
        attempts(out, tasks, tasks.where(TaskColumn.NODE_ID, node.nodeId()::equals));
        out.writeNumberField("actors", session.history().actors().stream()
                .filter(actor -> actor.nodeId().equals(node.nodeId())).count());
        out.writeBooleanField("logs", !session.logs().files(node.nodeId()).isEmpty());
        Out.source(out, node.provenance(), node.inferredFrom());
    }

    private static void attempts(JsonGenerator out, TaskTable tasks, IntPredicate belong) throws IOException {
        int total = 0;
        int failed = 0;
        int open = 0;
        for (int row = 0; row < tasks.size(); row++) {
            if (belong.test(row)) {
                total++;
                failed += tasks.state(row) == TaskState.FAILED ? 1 : 0;
                open += tasks.state(row).isTerminal() ? 0 : 1;
            }
        }
        out.writeObjectFieldStart("attempts");
        out.writeNumberField("total", total);
        out.writeNumberField("failed", failed);
        out.writeNumberField("unfinished", open);
        out.writeEndObject();
    }

    static void group(JsonGenerator out, PlacementGroup group, StoredSession session) throws IOException {
        out.writeStringField("placementGroupId", group.placementGroupId());
        out.writeStringField("name", group.name());
        out.writeStringField("jobId", group.creatorJobId());
        out.writeStringField("state", group.state());
        out.writeBooleanField("detached", group.detached());
        out.writeArrayFieldStart("bundles");
        for (PlacementGroup.Bundle bundle : group.bundles()) {
            out.writeStartObject();
            out.writeNumberField("index", bundle.index());
            Out.numbers(out, "resources", bundle.unitResources());
            out.writeStringField("nodeId", bundle.nodeId());
            out.writeStringField("nodeIp", AttemptJson.ip(session.history(), bundle.nodeId()));
            out.writeEndObject();
        }
        out.writeEndArray();
        // A group that was not removed lived when the record ended.
        Out.source(out, group.state().equals("REMOVED") ? Provenance.RECORDED : Provenance.UNFINISHED, "");
    }

    static void event(JsonGenerator out, LogEvent event, StoredSession session) throws IOException {
        out.writeStringField("id", event.eventId());
        Out.ms(out, "ms", event.timeSeconds() * 1_000);
        out.writeStringField("severity", event.severity());
        out.writeStringField("sourceType", event.sourceType());
        out.writeStringField("label", event.label());
        out.writeStringField("message", event.message());
        out.writeStringField("jobId", event.jobId());
        out.writeStringField("submissionId", event.submissionId());
        out.writeStringField("hostname", event.hostname());
        out.writeStringField("pid", event.pid());
        Out.source(out, Provenance.RECORDED, "");
    }
}
