package io.rayhistory.adapters.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rayhistory.domain.history.Job;

import java.io.IOException;
import java.util.Map;
import java.util.Set;

/**
 * A row of {@code /api/v0/jobs} (Ray: {@code JobState} in {@code python/ray/util/state/common.py}). The short row is not
 * the beginning of the long one: Ray orders the two differently.
 */
public final class StateJobJson {
    /** What Ray itself adds to the metadata of a submitted job's driver. */
    private static final Set<String> INTERNAL_METADATA = Set.of("job_submission_id", "job_name");

    private StateJobJson() {
    }

    public static void write(JsonGenerator out, Job job, RowStyle style) throws IOException {
        out.writeStartObject();
        if (style.detail()) {
            writeLong(out, job, style);
        } else {
            writeShort(out, job);
        }
        out.writeEndObject();
    }

    private static void writeShort(JsonGenerator out, Job job) throws IOException {
        JsonValues.textOrNull(out, "job_id", job.jobId());
        JsonValues.textOrNull(out, "submission_id", job.submissionId());
        out.writeStringField("entrypoint", job.entrypoint());
        writeType(out, job);
        out.writeStringField("status", job.status());
        JsonValues.textOrNull(out, "message", job.message());
        JsonValues.textOrNull(out, "error_type", job.errorType());
        writeDriver(out, job.driver());
    }

    private static void writeLong(JsonGenerator out, Job job, RowStyle style) throws IOException {
        writeType(out, job);
        JsonValues.textOrNull(out, "job_id", job.jobId());
        JsonValues.textOrNull(out, "submission_id", job.submissionId());
        writeDriver(out, job.driver());
        out.writeStringField("status", job.status());
        out.writeStringField("entrypoint", job.entrypoint());
        JsonValues.textOrNull(out, "message", job.message());
        JsonValues.textOrNull(out, "error_type", job.errorType());
        JsonValues.numberOrNull(out, "start_time", job.startTimeMs());
        if (job.submission()) {
            JsonValues.numberOrNull(out, "end_time", job.endTimeMs());
        } else {
            out.writeNumberField("end_time", job.endTimeMs()); // 0 while a plain driver runs
        }
        writeMetadata(out, job);
        out.writeFieldName("runtime_env");
        RuntimeEnvJson.writeObject(out, job.serializedRuntimeEnv(), style.redact());
        JsonValues.textOrNull(out, "driver_agent_http_address", job.driverAgentHttpAddress());
        JsonValues.textOrNull(out, "driver_node_id", job.driverNodeId());
        if (job.driverExitCode() == null) {
            out.writeNullField("driver_exit_code");
        } else {
            out.writeNumberField("driver_exit_code", job.driverExitCode());
        }
    }

    private static void writeType(JsonGenerator out, Job job) throws IOException {
        out.writeStringField("type", job.submission() ? "SUBMISSION" : "DRIVER");
    }

    private static void writeDriver(JsonGenerator out, Job.Driver driver) throws IOException {
        if (driver == null) {
            out.writeNullField("driver_info");
            return;
        }
        out.writeObjectFieldStart("driver_info");
        out.writeStringField("id", driver.jobId());
        out.writeStringField("node_ip_address", driver.nodeIpAddress());
        out.writeStringField("pid", Long.toString(driver.pid()));
        out.writeEndObject();
    }

    private static void writeMetadata(JsonGenerator out, Job job) throws IOException {
        out.writeObjectFieldStart("metadata");
        for (Map.Entry<String, String> member : job.metadata().entrySet()) {
            if (!job.submission() || !INTERNAL_METADATA.contains(member.getKey())) {
                out.writeStringField(member.getKey(), member.getValue());
            }
        }
        out.writeEndObject();
    }
}
