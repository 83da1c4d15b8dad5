package io.rayhistory.adapters.http.json;

import io.rayhistory.domain.event.ProfileSpan;
import io.rayhistory.domain.history.TaskSpan;
import org.junit.jupiter.api.Test;

import java.util.List;

import static io.rayhistory.adapters.http.json.Json.quoted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class TimelineJsonTest {
    private static final String COLUMNS = "'task_id':'0021899358e75e3cffffffffffffffffffffffff02000000',"
            + "'job_id':'02000000','attempt_number':0,'func_or_class_name':'square','actor_id':null";

    private final TaskFixture task = new TaskFixture();

    TimelineJsonTest() {
        task.spans = List.of(new ProfileSpan("task", 1, 2, "{}"));
    }

    @Test
    void spanHasRaysMembersInOrder() {
        TaskSpan span = new TaskSpan("task:execute", 1_000_000_500L, 1_000_001_750L, "{}");
        assertEquals(quoted("{'cat':'task:execute','name':'task:execute','pid':3,'tid':7,'ts':1000000.5,'dur':1.25,"
                + "'cname':'rail_animation','args':{" + COLUMNS + "},'ph':'X'}"), write(span));
    }

    @Test
    void recordedTimesGiveTheRecordedNumbers() {
        // Ray 2.60: "ts": 1795378929256502.2, "dur": 110114.75
        String event = write(new TaskSpan("task", 1795378929256502278L, 1795378929366616832L, ""));
        assertTrue(event.contains("\"ts\":1795378929256502.2,\"dur\":110114.75,"), event);
    }

    @Test
    void extraDataNamesTheSpanAndKeepsItsPlaceInTheArgs() {
        TaskSpan span = new TaskSpan("task::f", 0, 0, "{\"name\": \"m.f\", \"task_id\": \"other\", \"x\": {\"y\": [1.5]}}");
        assertTrue(write(span).contains(quoted("'cat':'task::f','name':'m.f',")), write(span));
        assertTrue(write(span).contains(quoted("'cname':'generic_work','args':{'name':'m.f'," + COLUMNS.split(",", 2)[0]
                + ",'x':{'y':[1.5]}," + COLUMNS.split(",", 2)[1] + "}")), write(span));
    }

    @Test
    void extraDataPicksTheColourByItsKey() {
        assertTrue(write(new TaskSpan("task", 0, 0, "{\"cname\": \"ray.get\"}")).contains(quoted("'cname':'good','args'")));
        assertTrue(write(new TaskSpan("task", 0, 0, "{\"cname\": \"pink\"}"))
                .contains(quoted("'cname':'generic_work','args'")));
    }

    @Test
    void extraDataThatIsNoObjectIsKeptAsText() {
        for (String bad : List.of("{'a':", "[1]", "text", "{'a':1} 2")) {
            String event = write(new TaskSpan("task", 0, 0, quoted(bad)));
            assertTrue(event.contains("\"args\":{\"raw\":\""), event);
            assertTrue(event.endsWith(quoted(COLUMNS + "},'ph':'X'}")), event);
        }
    }

    @Test
    void attemptsWithoutProfileAreMarkedAsSynthesized() {
        task.spans = List.of();
        String event = write(new TaskSpan("square", 0, 5_000, "{}"));
        assertEquals(quoted("{'cat':'task','name':'square','pid':3,'tid':7,'ts':0.0,'dur':5.0,'cname':'generic_work',"
                + "'args':{" + COLUMNS + ",'synthesized':true},'ph':'X'}"), event);
    }

    @Test
    void metadataNamesProcessesAndThreads() {
        assertEquals(quoted("{'name':'process_name','args':{'name':'Node 10.0.0.2'},'pid':0,'tid':null,'ph':'M'}"),
                Json.of(out -> new TimelineJson(out).process(0, "Node 10.0.0.2")));
        assertEquals(quoted("{'name':'thread_name','args':{'name':'worker:ab'},'pid':0,'tid':52,'ph':'M'}"),
                Json.of(out -> new TimelineJson(out).thread(0, 52, "worker:ab")));
    }

    private String write(TaskSpan span) {
        return Json.of(out -> new TimelineJson(out).span(task.task(), span, 3, 7));
    }
}
