package io.rayhistory.adapters.http.history;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rayhistory.application.read.LoadReport;
import io.rayhistory.application.read.StoredSession;
import io.rayhistory.domain.event.TaskState;
import io.rayhistory.domain.failure.FailureReport;
import io.rayhistory.domain.failure.RecordGaps;
import io.rayhistory.domain.failure.Verdict;
import io.rayhistory.domain.history.Job;
import io.rayhistory.domain.history.Provenance;
import io.rayhistory.domain.history.SessionHistory;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What a loaded session's head line tells: figures, the verdict, and what the record lacks. */
final class FactsJson {

    private FactsJson() {
    }

    /** Writes {@code facts}, the outcome, {@code warnings} and {@code loss}. */
    static void write(JsonGenerator out, StoredSession session, FailureReport report) throws IOException {
        SessionHistory history = session.history();
        out.writeObjectFieldStart("facts");
        Out.ms(out, "startMs", report.strip().fromMs());
        Out.ms(out, "recordEndMs", history.recordEndNs() / 1_000_000);
        out.writeNumberField("durationMs", Math.max(0, report.strip().toMs() - report.strip().fromMs()));
        out.writeStringField("rayVersion", session.rayVersion());
        Out.texts(out, "timezone", session.timezone());
        counts(out, "nodes", Map.of("total", history.nodes().size(),
                "dead", count(history.nodes(), node -> node.state().equals("DEAD"))));
        counts(out, "jobs", Map.of("total", history.jobs().size(),
                "failed", count(history.jobs(), job -> job.status().equals("FAILED")),
                "unfinished", count(history.jobs(), FactsJson::isOpen)));
        counts(out, "actors", Map.of("total", history.actors().size(),
                "dead", count(history.actors(), actor -> actor.state().name().equals("DEAD"))));
        attempts(out, history, report);
        out.writeNumberField("workers", history.workers().size());
        out.writeNumberField("placementGroups", history.placementGroups().size());
        out.writeNumberField("events", history.logEvents().size());
        out.writeNumberField("logFiles", session.logs().nodes().stream()
                .mapToInt(node -> session.logs().files(node).size()).sum());
        out.writeNumberField("failureGroups", report.groups().size());
        out.writeEndObject();
        outcome(out, session, report);
        loss(out, session.report());
    }

    private static boolean isOpen(Job job) {
        return job.provenance() == Provenance.UNFINISHED;
    }

    /** Writes {@code outcome}, {@code causes}, {@code verdict} and {@code warnings}. */
    static void outcome(JsonGenerator out, StoredSession session, FailureReport report) throws IOException {
        List<RecordGaps.Gap> gaps = RecordGaps.of(report, session.report().damage(), session.report().unknownTypes());
        out.writeStringField("outcome", report.outcome().name().toLowerCase(Locale.ROOT));
        out.writeNumberField("causes", report.causes());
        GroupJson.verdict(out, Verdict.of(report, gaps.stream().filter(RecordGaps.Gap::loses).map(RecordGaps.Gap::text).toList()));
        out.writeArrayFieldStart("warnings");
        for (RecordGaps.Gap gap : gaps) {
            out.writeStartObject();
            out.writeStringField("kind", gap.kind());
            out.writeStringField("text", gap.text());
            out.writeNumberField("count", gap.count());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void attempts(JsonGenerator out, SessionHistory history, FailureReport report) throws IOException {
        int finished = 0;
        for (int row = 0; row < history.tasks().size(); row++) {
            finished += history.tasks().state(row) == TaskState.FINISHED ? 1 : 0;
        }
        counts(out, "attempts", Map.of("total", history.tasks().size(), "finished", finished,
                "failed", report.failedAttempts(), "unfinished", report.unfinished()));
    }

    private static void counts(JsonGenerator out, String field, Map<String, Integer> counts) throws IOException {
        SortedMap<String, Integer> ordered = new TreeMap<>(counts);
        Out.numbers(out, field, ordered);
    }

    private static <T> int count(List<T> rows, Predicate<T> test) {
        return (int) rows.stream().filter(test).count();
    }

    private static void loss(JsonGenerator out, LoadReport report) throws IOException {
        out.writeObjectFieldStart("loss");
        out.writeNumberField("files", report.files());
        out.writeNumberField("bytes", report.bytes());
        out.writeNumberField("events", report.events());
        out.writeNumberField("seconds", report.seconds());
        Out.numbers(out, "eventsByType", report.eventsByType());
        Out.numbers(out, "damage", report.damage());
        Out.numbers(out, "unknownTypes", report.unknownTypes());
        Out.numbers(out, "damageByFile", report.damageByFile());
        out.writeEndObject();
    }
}
