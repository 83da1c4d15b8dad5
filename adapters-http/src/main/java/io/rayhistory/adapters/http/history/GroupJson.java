package io.rayhistory.adapters.http.history;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rayhistory.domain.failure.FailureGroup;
import io.rayhistory.domain.failure.Verdict;
import io.rayhistory.domain.history.SessionHistory;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One cause of failure, and the sentences about all of them. */
final class GroupJson {
    private static final int MOST_NAMES = 20;
    private static final int LONGEST_DETAIL = 20_000;

    private GroupJson() {
    }

    static void write(JsonGenerator out, FailureGroup group, SessionHistory history) throws IOException {
        FailureGroup.Victims victims = group.victims();
        out.writeStartObject();
        out.writeStringField("key", group.key());
        out.writeStringField("section", group.section().name().toLowerCase(Locale.ROOT));
        out.writeStringField("kind", group.kind().name().toLowerCase(Locale.ROOT));
        out.writeStringField("title", group.title());
        out.writeStringField("exceptionClass", group.origin().exceptionClass());
        out.writeStringField("message", cut(group.origin().message()));
        out.writeStringField("function", group.origin().function());
        out.writeStringField("file", group.origin().file());
        Out.positive(out, "line", group.origin().line());
        Out.texts(out, "errorTypes", victims.errorTypes().keySet());
        out.writeNumberField("count", group.count());
        out.writeNumberField("attempts", victims.attempts());
        out.writeNumberField("tasks", victims.tasks());
        out.writeNumberField("recoveredAttempts", victims.recovered());
        Out.texts(out, "actors", group.actors().subList(0, Math.min(MOST_NAMES, group.actors().size())));
        out.writeNumberField("actorCount", group.actors().size());
        counted(out, "functions", "name", victims.functions());
        out.writeNumberField("functionCount", victims.functions().size());
        nodes(out, victims.nodes(), history);
        Out.texts(out, "jobs", victims.jobs().keySet());
        out.writeBooleanField("failedJob", group.failedJob());
        out.writeBooleanField("harmless", group.harmless());
        Out.ms(out, "firstMs", group.firstMs());
        Out.ms(out, "lastMs", group.lastMs());
        out.writeStringField("nodeId", group.subject().nodeId());
        out.writeStringField("nodeIp", AttemptJson.ip(history, group.subject().nodeId()));
        out.writeStringField("jobId", group.subject().jobId());
        out.writeStringField("workerId", group.subject().workerId());
        out.writeStringField("actorId", group.subject().actorId());
        out.writeStringField("detail", cut(group.detail()));
        out.writeStringField("source", group.inferred() ? "inferred" : "recorded");
        out.writeEndObject();
    }

    private static String cut(String text) {
        return text.length() > LONGEST_DETAIL ? text.substring(0, LONGEST_DETAIL) : text;
    }

    private static void counted(JsonGenerator out, String field, String name, Map<String, Integer> counts) throws IOException {
        out.writeArrayFieldStart(field);
        for (Map.Entry<String, Integer> each : List.copyOf(counts.entrySet()).subList(0, Math.min(MOST_NAMES, counts.size()))) {
            out.writeStartObject();
            out.writeStringField(name, each.getKey());
            out.writeNumberField("count", each.getValue());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void nodes(JsonGenerator out, Map<String, Integer> nodes, SessionHistory history) throws IOException {
        out.writeArrayFieldStart("nodes");
        for (Map.Entry<String, Integer> each : List.copyOf(nodes.entrySet()).subList(0, Math.min(MOST_NAMES, nodes.size()))) {
            out.writeStartObject();
            out.writeStringField("nodeId", each.getKey());
            out.writeStringField("ip", AttemptJson.ip(history, each.getKey()));
            out.writeNumberField("count", each.getValue());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    static void verdict(JsonGenerator out, Verdict verdict) throws IOException {
        out.writeArrayFieldStart("verdict");
        for (Verdict.Sentence sentence : verdict.sentences()) {
            out.writeStartObject();
            out.writeStringField("kind", sentence.kind());
            out.writeStringField("text", sentence.text());
            out.writeStringField("group", sentence.key());
            out.writeEndObject();
        }
        out.writeEndArray();
    }
}
