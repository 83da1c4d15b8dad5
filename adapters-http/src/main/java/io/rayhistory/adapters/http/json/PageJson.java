package io.rayhistory.adapters.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rayhistory.domain.query.Page;

import java.io.IOException;
import java.util.List;

/** The payload of every list and summary: the totals around a result (Ray: {@code ListApiResponse}). */
public final class PageJson {

    /** Writes one row. */
    @FunctionalInterface
    public interface RowWriter<T> {
        void write(JsonGenerator out, T row) throws IOException;
    }

    /** Writes the value of {@code result}. */
    @FunctionalInterface
    interface ResultWriter {
        void write(JsonGenerator out) throws IOException;
    }

    private PageJson() {
    }

    /** A list whose data source cannot fail in part. */
    public static <T> void write(JsonGenerator out, Page<T> page, RowWriter<? super T> row) throws IOException {
        write(out, page, false, row);
    }

    /** @param noFailures true for the resources whose {@code partial_failure_warning} is {@code null}, not {@code ""} */
    public static <T> void write(JsonGenerator out, Page<T> page, boolean noFailures, RowWriter<? super T> row)
            throws IOException {
        envelope(out, page, noFailures, result -> {
            result.writeStartArray();
            for (T each : page.rows()) {
                row.write(result, each);
            }
            result.writeEndArray();
        });
    }

    static void envelope(JsonGenerator out, Page<?> page, boolean noFailures, ResultWriter result) throws IOException {
        out.writeStartObject();
        out.writeNumberField("total", page.total());
        out.writeNumberField("num_after_truncation", page.numAfterTruncation());
        out.writeNumberField("num_filtered", page.numFiltered());
        out.writeFieldName("result");
        result.write(out);
        if (noFailures) {
            out.writeNullField("partial_failure_warning");
        } else {
            out.writeStringField("partial_failure_warning", "");
        }
        writeWarnings(out, page.warnings());
        out.writeEndObject();
    }

    private static void writeWarnings(JsonGenerator out, List<String> warnings) throws IOException {
        if (warnings.isEmpty()) {
            out.writeNullField("warnings");
            return;
        }
        out.writeArrayFieldStart("warnings");
        for (String warning : warnings) {
            out.writeString(warning);
        }
        out.writeEndArray();
    }
}
