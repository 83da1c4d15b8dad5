package io.rayhistory.adapters.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.rayhistory.application.port.AnswerCodec;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.history.PlacementGroup;
import io.rayhistory.domain.id.IdKind;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@link AnswerCodec} on jackson-core's streaming parser. Thread-safe. Answers may be gzipped like any stored object. */
public final class JacksonAnswerCodec implements AnswerCodec {
    private final JsonFactory factory = RecordParser.factory(JsonLimits.DEFAULT);

    @Override
    public List<PlacementGroup> placementGroups(InputStream answer) throws IOException {
        return parse(answer, in -> {
            List<PlacementGroup> groups = new ArrayList<>();
            rows(in, groups);
            return List.copyOf(groups);
        });
    }

    @Override
    public Map<String, String> fields(InputStream answer) throws IOException {
        return parse(answer, in -> {
            Map<String, String> outer = new LinkedHashMap<>();
            Map<String, String> data = new LinkedHashMap<>();
            for (String field = in.open(); field != null; field = in.next()) {
                if (field.equals("data") && in.token() == JsonToken.START_OBJECT) {
                    for (String inner = in.open(); inner != null; inner = in.next()) {
                        putScalar(in, inner, data);
                    }
                } else {
                    putScalar(in, field, outer);
                }
            }
            outer.forEach(data::putIfAbsent);
            return Map.copyOf(data);
        });
    }

    private interface Reading<T> {
        T read(FieldReader in) throws IOException, InvalidField;
    }

    private <T> T parse(InputStream answer, Reading<T> reading) throws IOException {
        try (PlainStream plain = new PlainStream(answer); JsonParser parser = factory.createParser(plain)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw corrupt("expected a JSON object, found " + parser.currentToken(), null);
            }
            FieldReader in = new FieldReader(new SharedTexts());
            in.start(new ParserTokens(parser));
            return reading.read(in);
        } catch (JsonProcessingException e) {
            throw corrupt(e.getOriginalMessage(), e);
        } catch (InvalidField e) {
            throw corrupt("wrong type of " + e.getMessage(), e);
        }
    }

    private static HistoryException corrupt(String reason, Exception cause) {
        return new HistoryException(HistoryException.Kind.CORRUPT, "stored answer is not readable: " + reason, cause);
    }

    private static void putScalar(FieldReader in, String field, Map<String, String> fields)
            throws IOException, InvalidField {
        if (in.token().isScalarValue() && !in.isNull()) {
            fields.put(field, in.text());
        } else {
            in.skip();
        }
    }

    /** The rows lie in {@code data.result.result}; any object on the way is entered, whatever the envelope looks like. */
    private static void rows(FieldReader in, List<PlacementGroup> groups) throws IOException, InvalidField {
        for (String field = in.open(); field != null; field = in.next()) {
            JsonToken token = in.token();
            boolean onTheWay = field.equals("data") || field.equals("result");
            if (onTheWay && token == JsonToken.START_OBJECT) {
                rows(in, groups);
            } else if (onTheWay && token == JsonToken.START_ARRAY) {
                for (boolean more = in.openArray(); more; more = in.nextElement()) {
                    groups.add(group(in));
                }
            } else {
                in.skip();
            }
        }
    }

    private static PlacementGroup group(FieldReader in) throws IOException, InvalidField {
        String id = "";
        String name = "";
        String jobId = "";
        String state = "";
        List<PlacementGroup.Bundle> bundles = new ArrayList<>();
        boolean detached = false;
        PlacementGroup.Stats stats = new PlacementGroup.Stats(0, 0, 0, 0, 0, "", 0);
        for (String field = in.open(); field != null; field = in.next()) {
            switch (field) {
                case "placement_group_id" -> id = in.id(IdKind.PLACEMENT_GROUP);
                case "name" -> name = in.text();
                case "creator_job_id" -> jobId = in.id(IdKind.JOB);
                case "state" -> state = in.text();
                case "is_detached" -> detached = in.bool();
                case "stats" -> stats = stats(in);
                case "bundles" -> {
                    for (boolean more = in.openArray(); more; more = in.nextElement()) {
                        bundles.add(bundle(in));
                    }
                }
                default -> in.skip();
            }
        }
        return new PlacementGroup(id, name, jobId, state, List.copyOf(bundles), detached, stats);
    }

    private static PlacementGroup.Bundle bundle(FieldReader in) throws IOException, InvalidField {
        int index = 0;
        Map<String, Double> resources = Map.of();
        String nodeId = "";
        Map<String, String> labelSelector = Map.of();
        for (String field = in.open(); field != null; field = in.next()) {
            switch (field) {
                case "bundle_id" -> {
                    for (String inner = in.open(); inner != null; inner = in.next()) {
                        if (inner.equals("bundle_index")) {
                            index = in.int32();
                        } else {
                            in.skip();
                        }
                    }
                }
                case "unit_resources" -> resources = DataMaps.ofNumbers(in);
                case "node_id" -> nodeId = in.id(IdKind.NODE);
                case "label_selector" -> labelSelector = DataMaps.ofTexts(in);
                default -> in.skip();
            }
        }
        return new PlacementGroup.Bundle(index, resources, nodeId, labelSelector);
    }

    private static PlacementGroup.Stats stats(FieldReader in) throws IOException, InvalidField {
        long received = 0;
        long started = 0;
        long latency = 0;
        long creation = 0;
        int attempt = 0;
        String state = "";
        double delay = 0;
        for (String field = in.open(); field != null; field = in.next()) {
            switch (field) {
                case "creation_request_received_ns" -> received = in.integer();
                case "scheduling_started_time_ns" -> started = in.integer();
                case "scheduling_latency_us" -> latency = in.integer();
                case "end_to_end_creation_latency_us" -> creation = in.integer();
                case "scheduling_attempt" -> attempt = in.int32();
                case "scheduling_state" -> state = in.text();
                case "highest_retry_delay_ms" -> delay = in.real();
                default -> in.skip();
            }
        }
        return new PlacementGroup.Stats(received, started, latency, creation, attempt, state, delay);
    }
}
