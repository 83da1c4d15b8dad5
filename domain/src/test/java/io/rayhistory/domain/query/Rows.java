package io.rayhistory.domain.query;

import io.rayhistory.domain.event.ActorState;
import io.rayhistory.domain.history.Actor;
import io.rayhistory.domain.history.Job;
import io.rayhistory.domain.history.Node;
import io.rayhistory.domain.history.Provenance;
import io.rayhistory.domain.history.Worker;

import java.util.List;
import java.util.Map;

/** Rows with sane defaults for tests of lists. */
final class Rows {
    static final long RECORD_END = 1_795_379_000_500_000_000L;

    private Rows() {
    }

    static Actor actor(String id, String className, ActorState state, long lastMs) {
        return new Actor(id, "02000000", "", className, state, "", "", "", 0, 0, "ns", "{}", Map.of(), null, false, "",
                "", 0, 0, 0, "", Map.of(), 0, 0, lastMs * 1_000_000, List.of(),
                state == ActorState.DEAD ? Provenance.RECORDED : Provenance.UNFINISHED);
    }

    static Node node(String id, String name, boolean head, String state) {
        return new Node(id, "10.0.0.1", "host", name, "", "", Map.of(), head, state, "", Map.of(), 1, 0, 0,
                state.equals("DEAD") ? Provenance.RECORDED : Provenance.UNFINISHED, "");
    }

    static Worker worker(String id, boolean alive) {
        return new Worker(id, "", "WORKER", alive, alive ? "" : "USER_ERROR", "", "n", "10.0.0.1", 7, 0, 0, 0, 0,
                alive ? Provenance.UNFINISHED : Provenance.RECORDED);
    }

    static Job job(String jobId, String submissionId, String status) {
        return new Job(!submissionId.isEmpty(), jobId, submissionId, null, status, "", "", "", 0, 0, Map.of(), "", "",
                "", null, status.equals("RUNNING") ? Provenance.UNFINISHED : Provenance.RECORDED);
    }

    static List<Filter> where(String... triples) {
        Filter[] filters = new Filter[triples.length / 3];
        for (int i = 0; i < filters.length; i++) {
            filters[i] = Filter.of(triples[3 * i], triples[3 * i + 1], triples[3 * i + 2]);
        }
        return List.of(filters);
    }

    static String totals(Page<?> page) {
        return page.total() + "/" + page.numAfterTruncation() + "/" + page.numFiltered() + "/" + page.rows().size();
    }
}
