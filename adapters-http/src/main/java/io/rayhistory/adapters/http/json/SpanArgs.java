package io.rayhistory.adapters.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.rayhistory.domain.history.Task;

import java.io.IOException;

/**
 * The {@code args} of a timeline event: the span's extra data with the attempt's own columns laid over them. A column that
 * the extra data also has keeps the place it has there.
 */
final class SpanArgs {
    private static final String[] COLUMNS = {"task_id", "job_id", "attempt_number", "func_or_class_name", "actor_id"};
    private static final SpanArgs NONE = new SpanArgs("{}", false, "", "");

    private final String text;
    private final boolean broken;
    private final String name;
    private final String colour;

    private SpanArgs(String text, boolean broken, String name, String colour) {
        this.text = text;
        this.broken = broken;
        this.name = name;
        this.colour = colour;
    }

    static SpanArgs read(String text) throws IOException {
        if (text.isEmpty() || text.equals("{}")) {
            return NONE;
        }
        SpanArgs broken = new SpanArgs(text, true, "", "");
        try (JsonParser in = EmbeddedJson.FACTORY.createParser(text)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                return broken;
            }
            String name = "";
            String colour = "";
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String member = in.currentName();
                JsonToken value = in.nextToken();
                if (value == JsonToken.VALUE_STRING && member.equals("name")) {
                    name = in.getText();
                } else if (value == JsonToken.VALUE_STRING && member.equals("cname")) {
                    colour = in.getText();
                } else {
                    in.skipChildren();
                }
            }
            boolean whole = in.currentToken() == JsonToken.END_OBJECT && in.nextToken() == null;
            return whole ? new SpanArgs(text, false, name, colour) : broken;
        } catch (JsonProcessingException e) {
            return broken;
        }
    }

    boolean hasName() {
        return !name.isEmpty();
    }

    String name() {
        return name;
    }

    boolean hasColour() {
        return !colour.isEmpty();
    }

    String colour() {
        return colour;
    }

    /** @param taskId of the task, or what stands for it */
    void write(JsonGenerator out, Task task, String taskId, boolean synthesized) throws IOException {
        out.writeStartObject();
        int written = 0;
        if (broken) {
            out.writeStringField("raw", text);
        } else if (this != NONE) {
            written = writeExtraData(out, task, taskId);
        }
        for (int i = 0; i < COLUMNS.length; i++) {
            if ((written & 1 << i) == 0) {
                writeColumn(out, task, taskId, i);
            }
        }
        if (synthesized) {
            out.writeBooleanField("synthesized", true);
        }
        out.writeEndObject();
    }

    private int writeExtraData(JsonGenerator out, Task task, String taskId) throws IOException {
        int written = 0;
        try (JsonParser in = EmbeddedJson.FACTORY.createParser(text)) {
            in.nextToken();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String member = in.currentName();
                in.nextToken();
                int column = columnOf(member);
                if (column < 0) {
                    out.writeFieldName(member);
                    out.copyCurrentStructure(in);
                } else {
                    in.skipChildren();
                    if ((written & 1 << column) == 0) {
                        writeColumn(out, task, taskId, column);
                    }
                    written |= 1 << column;
                }
            }
        }
        return written;
    }

    private static int columnOf(String member) {
        for (int i = 0; i < COLUMNS.length; i++) {
            if (COLUMNS[i].equals(member)) {
                return i;
            }
        }
        return -1;
    }

    private static void writeColumn(JsonGenerator out, Task task, String taskId, int column) throws IOException {
        switch (COLUMNS[column]) {
            case "task_id" -> out.writeStringField("task_id", taskId);
            case "job_id" -> out.writeStringField("job_id", task.jobId());
            case "attempt_number" -> out.writeNumberField("attempt_number", task.attempt());
            case "func_or_class_name" -> out.writeStringField("func_or_class_name", task.callName());
            default -> JsonValues.textOrNull(out, "actor_id", task.actorId());
        }
    }
}
