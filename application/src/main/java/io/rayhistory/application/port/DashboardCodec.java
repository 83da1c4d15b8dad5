package io.rayhistory.application.port;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/**
 * What a collector must understand of the answers it passes on, and the small JSON objects it writes itself. Thread-safe.
 * Input that is no JSON or of another shape is CORRUPT, with the reason.
 */
public interface DashboardCodec {

    /**
     * A row of {@code /api/jobs/}.
     *
     * @param jobId  {@code ""} for submissions whose driver has not connected yet
     * @param status such as {@code RUNNING}
     */
    record JobRow(String jobId, String status) {
    }

    /**
     * A row of {@code /api/v0/nodes?detail=1}.
     *
     * @param startMs when the raylet started, 0 if not told
     */
    record NodeRow(String nodeId, String address, String state, long startMs) {
    }

    List<JobRow> jobs(InputStream answer) throws IOException;

    List<NodeRow> nodes(InputStream answer) throws IOException;

    /** True if the answer is an object whose member is absent, null, or an array or object without content. */
    boolean lacks(String member, InputStream answer) throws IOException;

    /** As {@link AnswerCodec#fields}. */
    Map<String, String> fields(InputStream answer) throws IOException;

    /** A JSON object of texts, in the map's order. */
    byte[] write(Map<String, String> fields);
}
