package io.rayhistory.adapters.http.json;

import io.rayhistory.domain.event.ActorState;
import io.rayhistory.domain.event.TaskState;
import io.rayhistory.domain.event.TaskType;
import io.rayhistory.domain.query.ActorSummary;
import io.rayhistory.domain.query.Lineage;
import io.rayhistory.domain.query.Page;
import io.rayhistory.domain.query.SessionQueries;
import io.rayhistory.domain.query.TaskSummary;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

import static io.rayhistory.adapters.http.json.Json.quoted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SummaryJsonTest {
    private static final Page<Object> PAGE = new Page<>(4, 4, 3, List.of(), List.of());
    private static final TaskSummary.Totals TOTALS = new TaskSummary.Totals(2, 1, 0);

    @Test
    void listCarriesTotalsAroundItsRows() {
        Page<String> page = new Page<>(10, 9, 8, List.of("a", "b"), List.of("mind the gap"));
        assertEquals(quoted("{'total':10,'num_after_truncation':9,'num_filtered':8,'result':['a','b'],"
                + "'partial_failure_warning':'','warnings':['mind the gap']}"),
                Json.of(out -> PageJson.write(out, page, (target, row) -> target.writeString(row))));
        assertEquals(quoted("{'total':4,'num_after_truncation':4,'num_filtered':3,'result':[],"
                + "'partial_failure_warning':null,'warnings':null}"),
                Json.of(out -> PageJson.write(out, PAGE, true, (target, row) -> target.writeNull())));
    }

    @Test
    void tasksByName() {
        TaskSummary summary = new TaskSummary(PAGE, Map.of("t",
                new TaskSummary.Group(TaskType.NORMAL_TASK, Map.of(TaskState.FINISHED, 2))), TOTALS);
        assertEquals(around("{'summary':{'t':{'func_or_class_name':'t','type':'NORMAL_TASK','state_counts':{'FINISHED':2}}},"
                + "'total_tasks':2,'total_actor_tasks':1,'total_actor_scheduled':0,'summary_by':'func_name'}", "''"),
                Json.of(out -> SummaryJson.write(out, summary)));
    }

    @Test
    void actorsByClass() {
        ActorSummary summary = new ActorSummary(PAGE, Map.of("A", Map.of(ActorState.DEAD, 3)));
        assertEquals(around("{'summary':{'A':{'class_name':'A','state_counts':{'DEAD':3}}},'total_actors':3,"
                + "'summary_by':'class'}", "''"), Json.of(out -> SummaryJson.write(out, summary)));
    }

    @Test
    void objectsAreNone() {
        assertEquals(around("{'summary':{},'total_objects':0,'total_size_mb':0.0,'callsite_enabled':true,"
                + "'summary_by':'callsite'}", "null"), Json.of(out -> SummaryJson.writeNoObjects(out, PAGE)));
    }

    @Test
    void lineageIsATree() {
        Lineage.Branch leaf = new Lineage.Branch("t", "01", "NORMAL_TASK", 5L, Map.of(TaskState.FAILED, 1), List.of(),
                "task", "01");
        Lineage.Branch group = new Lineage.Branch("t", "t", "GROUP", null, Map.of(), List.of(leaf, leaf), "", "");
        String leafJson = "{'name':'t','key':'01','type':'NORMAL_TASK','timestamp':5,'state_counts':{'FAILED':1},"
                + "'children':[],'link':{'type':'task','id':'01'}}";
        assertEquals(around("{'summary':[{'name':'t','key':'t','type':'GROUP','timestamp':null,'state_counts':{},"
                + "'children':[" + leafJson + "," + leafJson + "],'link':null}],'total_tasks':2,'total_actor_tasks':1,"
                + "'total_actor_scheduled':0,'summary_by':'lineage'}", "''"),
                Json.of(out -> SummaryJson.write(out, new Lineage(PAGE, List.of(group), TOTALS))));
    }

    @Test
    void chainOfAsManyTasksAsASourceDeliversIsWrittenToItsEnd() {
        Lineage.Branch chain = new Lineage.Branch("t", "leaf", "NORMAL_TASK", 5L, Map.of(), List.of(), "task", "leaf");
        for (int i = 0; i < SessionQueries.SOURCE_LIMIT; i++) {
            chain = new Lineage.Branch("t", "k", "NORMAL_TASK", 5L, Map.of(), List.of(chain), "task", "k");
        }
        Lineage lineage = new Lineage(PAGE, List.of(chain), TOTALS);
        String json = Json.of(out -> SummaryJson.write(out, lineage));
        assertTrue(json.contains("\"key\":\"leaf\"") && json.endsWith("\"warnings\":null}"));
    }

    private static String around(String cluster, String partialFailure) {
        return quoted("{'total':4,'num_after_truncation':4,'num_filtered':3,'result':{'node_id_to_summary':{'cluster':"
                + cluster + "}},'partial_failure_warning':" + partialFailure + ",'warnings':null}");
    }
}
