package io.rayhistory.adapters.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.rayhistory.application.port.DashboardCodec;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.id.IdKind;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@link DashboardCodec} on jackson-core's streaming parser. Thread-safe. */
public final class JacksonDashboardCodec implements DashboardCodec {
    /** Rows are few; the limit keeps an answer of another kind from filling the memory. */
    private static final int MOST_ROWS = 100_000;

    private final JsonFactory factory = RecordParser.factory(JsonLimits.DEFAULT);

    private interface Reading<T> {
        T read(JsonParser parser) throws IOException;
    }

    private interface Row<T> {
        /** Reads the members of an object; the parser stands on its first token. */
        T read(JsonParser parser) throws IOException;
    }

    @Override
    public List<JobRow> jobs(InputStream answer) throws IOException {
        return parse(answer, parser -> rows(parser, JacksonDashboardCodec::job));
    }

    private static JobRow job(JsonParser parser) throws IOException {
        String jobId = "";
        String status = "";
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            if (name.equals("job_id")) {
                jobId = text(parser, value);
            } else if (name.equals("status")) {
                status = text(parser, value);
            }
            parser.skipChildren();
        }
        return new JobRow(jobId, status);
    }

    /** The rows are in {@code data.result.result} (Ray: python/ray/dashboard/state_aggregator.py). */
    @Override
    public List<NodeRow> nodes(InputStream answer) throws IOException {
        return parse(answer, parser -> {
            for (String member : List.of("data", "result", "result")) {
                if (!enter(parser, member)) {
                    return List.of();
                }
            }
            return rows(parser, JacksonDashboardCodec::node);
        });
    }

    private static NodeRow node(JsonParser parser) throws IOException {
        String nodeId = "";
        String address = "";
        String state = "";
        long startMs = 0;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            switch (name) {
                case "node_id" -> nodeId = IdKind.NODE.normalize(text(parser, value));
                case "node_ip" -> address = text(parser, value);
                case "state" -> state = text(parser, value);
                case "start_time_ms" -> startMs = value == JsonToken.VALUE_NUMBER_INT ? parser.getLongValue() : 0;
                default -> parser.skipChildren();
            }
        }
        return new NodeRow(nodeId, address, state, startMs);
    }

    @Override
    public boolean lacks(String member, InputStream answer) throws IOException {
        return parse(answer, parser -> {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw corrupt("expected a JSON object, found " + parser.currentToken(), null);
            }
            if (!enter(parser, member)) {
                return true;
            }
            JsonToken value = parser.currentToken();
            boolean lacking = value == JsonToken.VALUE_NULL;
            if (value.isStructStart()) {
                lacking = parser.nextToken().isStructEnd();
            }
            while (parser.nextToken() != null) {
                // To the end: what breaks off is no answer to draw conclusions from.
            }
            return lacking;
        });
    }

    @Override
    public Map<String, String> fields(InputStream answer) throws IOException {
        return new JacksonAnswerCodec().fields(answer);
    }

    @Override
    public byte[] write(Map<String, String> fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = factory.createGenerator(bytes)) {
            out.writeStartObject();
            for (Map.Entry<String, String> field : fields.entrySet()) {
                out.writeStringField(field.getKey(), field.getValue());
            }
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** From an object to the value of its member; false, with the object read, if it has none. */
    private static boolean enter(JsonParser parser, String member) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return false;
        }
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            if (name.equals(member)) {
                return true;
            }
            parser.skipChildren();
        }
        return false;
    }

    private static <T> List<T> rows(JsonParser parser, Row<T> row) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw corrupt("expected an array of rows, found " + parser.currentToken(), null);
        }
        List<T> rows = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token == null || rows.size() == MOST_ROWS) {
                throw corrupt(token == null ? "it ends early" : "more than " + MOST_ROWS + " rows", null);
            }
            if (token == JsonToken.START_OBJECT) {
                rows.add(row.read(parser));
            } else {
                parser.skipChildren();
            }
        }
        return List.copyOf(rows);
    }

    private static String text(JsonParser parser, JsonToken value) throws IOException {
        return value != null && value.isScalarValue() && value != JsonToken.VALUE_NULL ? parser.getText() : "";
    }

    private <T> T parse(InputStream answer, Reading<T> reading) throws IOException {
        try (JsonParser parser = factory.createParser(answer)) {
            if (parser.nextToken() == null) {
                throw corrupt("it is empty", null);
            }
            return reading.read(parser);
        } catch (JsonProcessingException e) {
            throw corrupt(e.getOriginalMessage(), e);
        }
    }

    private static HistoryException corrupt(String reason, Exception cause) {
        return new HistoryException(HistoryException.Kind.CORRUPT, "dashboard answer is not readable: " + reason, cause);
    }
}
