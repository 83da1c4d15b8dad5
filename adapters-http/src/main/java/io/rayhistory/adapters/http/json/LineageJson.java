package io.rayhistory.adapters.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import io.rayhistory.domain.event.TaskState;
import io.rayhistory.domain.query.Lineage;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * The tree of {@code summary_by=lineage} (Ray: {@code NestedTaskSummary}). A session may hold chains of thousands of tasks
 * that each submitted the next, so the walk keeps its own stack.
 */
final class LineageJson {

    /** A branch whose children are being written; the outermost one has no branch. */
    private record Open(Lineage.Branch branch, Iterator<Lineage.Branch> children) {
    }

    private static final SerializableString NAME = new SerializedString("name");
    private static final SerializableString KEY = new SerializedString("key");
    private static final SerializableString TYPE = new SerializedString("type");
    private static final SerializableString TIMESTAMP = new SerializedString("timestamp");
    private static final SerializableString CHILDREN = new SerializedString("children");
    private static final SerializableString LINK = new SerializedString("link");
    private static final SerializableString ID = new SerializedString("id");

    /** Names, types, kinds of links. */
    private final KnownTexts texts = new KnownTexts();
    private final Fragments<Map<TaskState, Integer>> counts = new Fragments<>();

    /** For one answer, one thread. */
    void write(JsonGenerator out, List<Lineage.Branch> roots) throws IOException {
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

    private void writeBeginning(JsonGenerator out, Lineage.Branch branch) throws IOException {
        out.writeStartObject();
        out.writeFieldName(NAME);
        texts.write(out, branch.name());
        out.writeFieldName(KEY);
        out.writeString(branch.key());
        out.writeFieldName(TYPE);
        texts.write(out, branch.type());
        out.writeFieldName(TIMESTAMP);
        if (branch.timestampMs() == null) {
            out.writeNull();
        } else {
            out.writeNumber(branch.timestampMs());
        }
        counts.write(out, branch.stateCounts(), some -> SummaryJson.writeCounts(some, branch.stateCounts()));
        out.writeFieldName(CHILDREN);
        out.writeStartArray();
    }

    private void writeLink(JsonGenerator out, Lineage.Branch branch) throws IOException {
        if (branch.linkType().isEmpty()) {
            out.writeNullField("link");
            return;
        }
        out.writeFieldName(LINK);
        out.writeStartObject();
        out.writeFieldName(TYPE);
        texts.write(out, branch.linkType());
        out.writeFieldName(ID);
        out.writeString(branch.linkId());
        out.writeEndObject();
    }
}
