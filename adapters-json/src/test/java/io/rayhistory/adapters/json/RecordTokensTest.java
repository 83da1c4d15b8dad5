package io.rayhistory.adapters.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Whatever the bytes are, our own walk sees what Jackson's parser sees. */
class RecordTokensTest {
    private static final JsonFactory FACTORY = RecordParser.factory(JsonLimits.DEFAULT);
    private static final String[] PIECES = {"{", "}", "[", "]", ",", ":", "\"a\"", "\"name\"", "\"nodeId\":", "\"é\u4e2d\ud83d\ude00\"", "1", "-0.5e+3",
        "0", "01", "true", "false", "null", "NaN", "-Infinity", " ", "\t", "\r", "\"\\n\\u00e9\\ud83d\\ude00\\/\"", "\"\\x\"", "\"\\u12\"",
        "\"tab\there\"", "\"a long text, longer than eight bytes\"", "\"\\\\\"", "\"", "\\", "nul", "-", ".5", "\"\":", "\"taskLifecycleEvent\":{"};

    @Test
    void jacksonSeesTheSame() throws IOException {
        long seed = 3;
        Random random = new Random(seed);
        RecordTokens tokens = new RecordTokens(FACTORY, JsonLimits.DEFAULT.maxNesting());
        int good = 0;
        for (int i = 0; i < 60_000; i++) {
            String text = i % 2 == 0 ? broken(random) : value(random, 0);
            byte[] bytes = ("xx" + text + "\"}").getBytes(StandardCharsets.UTF_8);
            String expected = jackson(text);
            String found = ours(tokens, bytes, 2, bytes.length - 2);
            assertEquals(expected, found, () -> "seed " + seed + ": " + text);
            good += expected.equals("broken") ? 0 : 1;
        }
        assertEquals(true, good > 20_000, "too few texts are JSON: " + good);
    }

    private static String broken(Random random) {
        StringBuilder text = new StringBuilder("{");
        for (int n = random.nextInt(8); n > 0; n--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.append(random.nextInt(3) > 0 ? "}" : "").toString().strip();
    }

    private static String value(Random random, int depth) {
        StringBuilder text = new StringBuilder();
        int kind = depth == 0 ? 0 : random.nextInt(depth > 3 ? 1 : 4) + (depth > 3 ? 2 : 0);
        if (kind == 0 || kind == 1) {
            String separator = "";
            for (int n = random.nextInt(5); n > 0; n--) {
                text.append(separator).append(random.nextInt(4) == 0 ? " " : "");
                text.append(kind == 0 ? "\"k" + random.nextInt(20) + "y\"" + (random.nextBoolean() ? " : " : ":") : "").append(value(random, depth + 1));
                separator = ",";
            }
            return kind == 0 ? "{" + text + "}" : "[" + text + "]";
        }
        return switch (random.nextInt(5)) {
            case 0 -> Long.toString(random.nextLong());
            case 1 -> Double.toString(random.nextGaussian());
            case 2 -> "\"" + "text\\u0041\\n".repeat(random.nextInt(6)) + "é".repeat(random.nextInt(3)) + "\"";
            case 3 -> random.nextBoolean() ? "true" : "null";
            default -> "\"" + "x".repeat(random.nextInt(40)) + "\"";
        };
    }

    private static String jackson(String text) throws IOException {
        StringBuilder seen = new StringBuilder();
        try (JsonParser parser = FACTORY.createParser(text.getBytes(StandardCharsets.UTF_8))) {
            parser.nextToken();
            while (true) {
                JsonToken token = parser.currentToken();
                if (token == null) {
                    return "broken";
                }
                seen.append(token == JsonToken.FIELD_NAME ? parser.currentName() : token.isScalarValue() ? token + parser.getText() : token).append('|');
                if (parser.getParsingContext().inRoot()) {
                    return parser.nextToken() == null ? seen.toString() : "broken";
                }
                parser.nextToken();
            }
        } catch (JsonProcessingException e) {
            return "broken";
        }
    }

    private static String ours(RecordTokens tokens, byte[] bytes, int from, int to) throws IOException {
        StringBuilder seen = new StringBuilder();
        try {
            tokens.start(bytes, from, to);
            walk(tokens, seen);
            tokens.finish();
            return seen.toString();
        } catch (BadRecord e) {
            return "broken";
        }
    }

    private static void walk(RecordTokens tokens, StringBuilder seen) throws IOException {
        seen.append(tokens.token.isScalarValue() ? tokens.token + tokens.text() : tokens.token).append('|');
        if (tokens.token == JsonToken.START_OBJECT) {
            for (String name = tokens.nextName(); name != null; name = tokens.nextName()) {
                seen.append(name).append('|');
                walk(tokens, seen);
            }
            seen.append(JsonToken.END_OBJECT).append('|');
        } else if (tokens.token == JsonToken.START_ARRAY) {
            for (tokens.nextElement(); tokens.token != JsonToken.END_ARRAY; tokens.nextElement()) {
                walk(tokens, seen);
            }
            seen.append(JsonToken.END_ARRAY).append('|');
        }
    }
}
