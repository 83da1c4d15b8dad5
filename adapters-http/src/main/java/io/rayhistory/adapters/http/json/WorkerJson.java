package io.rayhistory.adapters.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rayhistory.domain.history.Worker;

import java.io.IOException;

/** A row of {@code /api/v0/workers} (Ray: {@code WorkerState} in {@code python/ray/util/state/common.py}). */
public final class WorkerJson {

    private WorkerJson() {
    }

    public static void write(JsonGenerator out, Worker worker, RowStyle style) throws IOException {
        out.writeStartObject();
        out.writeStringField("worker_id", worker.workerId());
        out.writeBooleanField("is_alive", worker.alive());
        out.writeStringField("worker_type", worker.type());
        JsonValues.textOrNull(out, "exit_type", worker.exitType());
        out.writeStringField("node_id", worker.nodeId());
        out.writeStringField("ip", worker.ipAddress());
        out.writeNumberField("pid", worker.pid());
        if (style.detail()) {
            JsonValues.textOrNull(out, "exit_detail", worker.exitDetail());
            writeUnsigned(out, "worker_launch_time_ms", worker.launchTimeMs());
            writeUnsigned(out, "worker_launched_time_ms", worker.launchedTimeMs());
            out.writeNumberField("start_time_ms", worker.startTimeMs());
            out.writeNumberField("end_time_ms", worker.endTimeMs());
            out.writeNullField("debugger_port"); // events do not tell these two
            out.writeNullField("num_paused_threads");
        }
        out.writeEndObject();
    }

    /** Drivers have launch times of -1, which Ray's unsigned field shows as 18446744073709551615. */
    private static void writeUnsigned(JsonGenerator out, String field, long value) throws IOException {
        out.writeFieldName(field);
        out.writeNumber(Long.toUnsignedString(value));
    }
}
