package io.rayhistory.adapters.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rayhistory.domain.event.ActorState;
import io.rayhistory.domain.query.ActorSummary;
import io.rayhistory.domain.query.Lineage;
import io.rayhistory.domain.query.Page;
import io.rayhistory.domain.query.TaskSummary;

import java.io.IOException;
import java.util.Map;

/** The answers of {@code /api/v0/.../summarize} (Ray: {@code StateSummary} in {@code python/ray/util/state/common.py}). */
public final class SummaryJson {

    private SummaryJson() {
    }

    public static void write(JsonGenerator out, TaskSummary summary) throws IOException {
        cluster(out, summary.page(), false, cluster -> {
            cluster.writeObjectFieldStart("summary");
            for (Map.Entry<String, TaskSummary.Group> group : summary.groups().entrySet()) {
                cluster.writeObjectFieldStart(group.getKey());
                cluster.writeStringField("func_or_class_name", group.getKey());
                cluster.writeStringField("type", group.getValue().type().name());
                writeCounts(cluster, group.getValue().stateCounts());
                cluster.writeEndObject();
            }
            cluster.writeEndObject();
            writeTotals(cluster, summary.totals(), "func_name");
        });
    }

    public static void write(JsonGenerator out, Lineage lineage) throws IOException {
        cluster(out, lineage.page(), false, cluster -> {
            cluster.writeFieldName("summary");
            new LineageJson().write(cluster, lineage.roots());
            writeTotals(cluster, lineage.totals(), "lineage");
        });
    }

    public static void write(JsonGenerator out, ActorSummary summary) throws IOException {
        cluster(out, summary.page(), false, cluster -> {
            long total = 0;
            cluster.writeObjectFieldStart("summary");
            for (Map.Entry<String, Map<ActorState, Integer>> group : summary.byClass().entrySet()) {
                cluster.writeObjectFieldStart(group.getKey());
                cluster.writeStringField("class_name", group.getKey());
                writeCounts(cluster, group.getValue());
                cluster.writeEndObject();
                for (int count : group.getValue().values()) {
                    total += count;
                }
            }
            cluster.writeEndObject();
            cluster.writeNumberField("total_actors", total);
            cluster.writeStringField("summary_by", "class");
        });
    }

    /** Object references are never recorded, so their summary is always the empty one. */
    public static void writeNoObjects(JsonGenerator out, Page<?> page) throws IOException {
        cluster(out, page, true, cluster -> {
            cluster.writeObjectFieldStart("summary");
            cluster.writeEndObject();
            cluster.writeNumberField("total_objects", 0);
            JsonValues.floating(cluster, "total_size_mb", 0);
            cluster.writeBooleanField("callsite_enabled", true);
            cluster.writeStringField("summary_by", "callsite");
        });
    }

    private static void cluster(JsonGenerator out, Page<?> page, boolean noFailures, PageJson.ResultWriter members)
            throws IOException {
        PageJson.envelope(out, page, noFailures, result -> {
            result.writeStartObject();
            result.writeObjectFieldStart("node_id_to_summary");
            result.writeObjectFieldStart("cluster");
            members.write(result);
            result.writeEndObject();
            result.writeEndObject();
            result.writeEndObject();
        });
    }

    private static void writeTotals(JsonGenerator out, TaskSummary.Totals totals, String by) throws IOException {
        out.writeNumberField("total_tasks", totals.tasks());
        out.writeNumberField("total_actor_tasks", totals.actorTasks());
        out.writeNumberField("total_actor_scheduled", totals.actorsScheduled());
        out.writeStringField("summary_by", by);
    }

    static void writeCounts(JsonGenerator out, Map<? extends Enum<?>, Integer> counts) throws IOException {
        out.writeObjectFieldStart("state_counts");
        for (Map.Entry<? extends Enum<?>, Integer> count : counts.entrySet()) {
            out.writeNumberField(count.getKey().name(), count.getValue());
        }
        out.writeEndObject();
    }
}
