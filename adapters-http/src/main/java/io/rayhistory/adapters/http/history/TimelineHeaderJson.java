package io.rayhistory.adapters.http.history;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rayhistory.domain.history.Job;
import io.rayhistory.domain.history.Node;
import io.rayhistory.domain.history.SessionHistory;
import io.rayhistory.domain.query.LaneTimeline;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** What the columns of a timeline mean. */
final class TimelineHeaderJson {

    private TimelineHeaderJson() {
    }

    static void write(JsonGenerator out, LaneTimeline timeline, SessionHistory history) throws IOException {
        out.writeNumberField("version", 1);
        out.writeNumberField("t0Ms", timeline.t0Ms());
        Out.ms(out, "recordEndMs", history.recordEndNs() / 1_000_000);
        out.writeNumberField("unitUs", timeline.unitUs());
        out.writeNumberField("n", timeline.size());
        Out.texts(out, "names", timeline.names());
        Map<String, Integer> numbers = new HashMap<>();
        out.writeArrayFieldStart("nodes");
        for (Node node : history.nodes()) {
            numbers.put(node.nodeId(), numbers.size());
            out.writeStartObject();
            out.writeStringField("nodeId", node.nodeId());
            out.writeStringField("ip", node.ipAddress());
            out.writeBooleanField("head", node.head());
            out.writeStringField("state", node.state());
            Out.ms(out, "startMs", node.startTimeMs());
            Out.ms(out, "endMs", node.endTimeMs());
            out.writeEndObject();
        }
        out.writeEndArray();
        Map<String, Integer> jobs = jobs(out, timeline, history);
        out.writeArrayFieldStart("lanes");
        for (LaneTimeline.Lane lane : timeline.lanes()) {
            out.writeStartObject();
            out.writeNumberField("node", numbers.getOrDefault(lane.nodeId(), -1));
            out.writeNumberField("job", jobs.getOrDefault(lane.jobId(), -1));
            out.writeStringField("workerId", lane.workerId());
            Out.positive(out, "pid", lane.pid());
            out.writeNumberField("sub", lane.sub());
            out.writeNumberField("first", lane.first());
            out.writeNumberField("count", lane.count());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeObjectFieldStart("states");
        out.writeNumberField("finished", LaneTimeline.FINISHED);
        out.writeNumberField("failed", LaneTimeline.FAILED);
        out.writeNumberField("unfinished", LaneTimeline.UNFINISHED);
        out.writeNumberField("inferredBit", LaneTimeline.INFERRED_BIT);
        out.writeNumberField("recoveredBit", LaneTimeline.RECOVERED_BIT);
        out.writeEndObject();
        out.writeNumberField("lanesLeftOut", timeline.lanesLeftOut());
    }

    /** The jobs that have lanes, by their first lane; a job that was submitted goes by that name as well. */
    private static Map<String, Integer> jobs(JsonGenerator out, LaneTimeline timeline, SessionHistory history) throws IOException {
        Map<String, String> submissions = new HashMap<>();
        for (Job job : history.jobs()) {
            submissions.put(job.jobId(), job.submissionId());
        }
        Map<String, Integer> numbers = new HashMap<>();
        out.writeArrayFieldStart("jobs");
        for (LaneTimeline.Lane lane : timeline.lanes()) {
            if (lane.jobId().isEmpty() || numbers.putIfAbsent(lane.jobId(), numbers.size()) != null) {
                continue;
            }
            out.writeStartObject();
            out.writeStringField("jobId", lane.jobId());
            out.writeStringField("submissionId", submissions.getOrDefault(lane.jobId(), ""));
            out.writeEndObject();
        }
        out.writeEndArray();
        return numbers;
    }
}
