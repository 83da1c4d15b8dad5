package io.rayhistory.adapters.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import io.rayhistory.domain.history.Task;
import io.rayhistory.domain.id.IdKind;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** JSON that differs from task to task in nothing but the task's own id: made once, then filled in. Immutable. */
final class IdTemplate {
    private static final String SAMPLE = "5a31c07e91d2f4b86a0c3e5f7182d4b69f0e1c2d3b4a5968";
    private static final String OTHER_SAMPLE = "e07f6c1d2b3a495887d6f5e4c3b2a1900f1e2d3c4b5a6978";
    /** Says that there is no such template. */
    static final IdTemplate NONE = new IdTemplate(List.of());

    /** Writes one value or some members, for a task of that id. */
    @FunctionalInterface
    interface Text {
        String of(String taskId) throws IOException;
    }

    private final SerializableString[] parts;

    private IdTemplate(List<String> parts) {
        this.parts = parts.stream().map(SerializedString::new).toArray(SerializableString[]::new);
    }

    /** What is to be filled in: hex digits, which need no escapes; {@code null} for an id that is none, which has no template. */
    static SerializableString idOf(Task task) {
        return IdKind.TASK.isNormal(task.taskId()) ? new SerializedString(task.taskId()) : null;
    }

    /** {@link #NONE} if what stands around the id depends on it after all. */
    static IdTemplate of(Text text) throws IOException {
        List<String> parts = split(text.of(SAMPLE), SAMPLE);
        return parts.equals(split(text.of(OTHER_SAMPLE), OTHER_SAMPLE)) ? new IdTemplate(parts) : NONE;
    }

    private static List<String> split(String text, String id) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int at = text.indexOf(id); at >= 0; at = text.indexOf(id, from)) {
            parts.add(text.substring(from, at));
            from = at + id.length();
        }
        parts.add(text.substring(from));
        return parts;
    }

    /** Writes it as a value. */
    void writeValue(JsonGenerator out, SerializableString taskId) throws IOException {
        out.writeRawValue(parts[0]);
        writeRest(out, taskId);
    }

    /** Writes it as it is. */
    void writeRaw(JsonGenerator out, SerializableString taskId) throws IOException {
        out.writeRaw(parts[0]);
        writeRest(out, taskId);
    }

    private void writeRest(JsonGenerator out, SerializableString taskId) throws IOException {
        for (int i = 1; i < parts.length; i++) {
            out.writeRaw(taskId);
            out.writeRaw(parts[i]);
        }
    }
}
