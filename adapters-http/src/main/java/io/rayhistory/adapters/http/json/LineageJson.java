package io.rayhistory.adapters.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rayhistory.domain.query.Lineage;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * The tree of {@code summary_by=lineage} (Ray: {@code NestedTaskSummary}). A session may hold chains of thousands of tasks
 * that each submitted the next, so the walk keeps its own stack.
 */
final class LineageJson {

    /** A branch whose children are being written; the outermost one has no branch. */
    private record Open(Lineage.Branch branch, Iterator<Lineage.Branch> children) {
    }

    private LineageJson() {
    }

    static void write(JsonGenerator out, List<Lineage.Branch> roots) throws IOException {
        Deque<Open> open = new ArrayDeque<>();
        out.writeStartArray();
        open.push(new Open(null, roots.iterator()));
        while (!open.isEmpty()) {
            Open current = open.peek();
            if (current.children().hasNext()) {
                Lineage.Branch child = current.children().next();
                writeBeginning(out, child);
                open.push(new Open(child, child.children().iterator()));
            } else {
                open.pop();
                out.writeEndArray();
                if (current.branch() != null) {
                    writeLink(out, current.branch());
                    out.writeEndObject();
                }
            }
        }
    }

    private static void writeBeginning(JsonGenerator out, Lineage.Branch branch) throws IOException {
        out.writeStartObject();
        out.writeStringField("name", branch.name());
        out.writeStringField("key", branch.key());
        out.writeStringField("type", branch.type());
        out.writeFieldName("timestamp");
        if (branch.timestampMs() == null) {
            out.writeNull();
        } else {
            out.writeNumber(branch.timestampMs());
        }
        SummaryJson.writeCounts(out, branch.stateCounts());
        out.writeArrayFieldStart("children");
    }

    private static void writeLink(JsonGenerator out, Lineage.Branch branch) throws IOException {
        if (branch.linkType().isEmpty()) {
            out.writeNullField("link");
            return;
        }
        out.writeObjectFieldStart("link");
        out.writeStringField("type", branch.linkType());
        out.writeStringField("id", branch.linkId());
        out.writeEndObject();
    }
}
