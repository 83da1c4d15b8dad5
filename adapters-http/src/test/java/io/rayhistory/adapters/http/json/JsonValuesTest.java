package io.rayhistory.adapters.http.json;

import org.junit.jupiter.api.Test;

import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

class JsonValuesTest {

    @Test
    void floatsReadLikePythons() {
        assertEquals("1.0", JsonValues.plain(1));
        assertEquals("0.0", JsonValues.plain(0));
        assertEquals("-0.2", JsonValues.plain(-0.2));
        assertEquals("24299703552.0", JsonValues.plain(24299703552.0));
        assertEquals("-12345678.5", JsonValues.plain(-12345678.5));
        assertEquals("1795378929256502.2", JsonValues.plain(1795378929256502.2));
        assertEquals("10000000.0", JsonValues.plain(1e7));
        assertEquals("2.0E-5", JsonValues.plain(0.00002));
        assertEquals("1.0E16", JsonValues.plain(1e16));
    }

    @Test
    void plainFloatsReadBackAsTheSameNumber() {
        long seed = 20261122;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            double value = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(40) - 15);
            String text = JsonValues.plain(value);
            assertEquals(value, Double.parseDouble(text), () -> "seed " + seed + ": " + value + " became " + text);
            if (Math.abs(value) >= 1 && Math.abs(value) < 1e16) {
                assertFalse(text.contains("E"), () -> "seed " + seed + ": " + text);
            }
        }
    }

    @Test
    void whatNoJsonNumberCanSayIsNull() {
        assertEquals("null", Json.of(out -> JsonValues.floating(out, Double.POSITIVE_INFINITY)));
        assertEquals("null", Json.of(out -> JsonValues.floating(out, Double.NaN)));
    }

    @Test
    void embeddedJsonIsCopiedOrKeptAsText() {
        assertEquals("{\"a\":[1,{\"b\":null}]}", Json.of(out -> EmbeddedJson.copyOrRaw(out, " {\"a\": [1, {\"b\": null}]} ")));
        assertEquals("[1]", Json.of(out -> EmbeddedJson.copyOrRaw(out, "[1]")));
        assertEquals("{}", Json.of(out -> EmbeddedJson.copyOrRaw(out, "")));
        for (String bad : new String[] {"{", "{\"a\":}", "{} {}", "x", "{\"a\":[1,2}", "[".repeat(5000)}) {
            String written = Json.of(out -> EmbeddedJson.copyOrRaw(out, bad));
            assertEquals("{\"raw\":\"" + bad.replace("\"", "\\\"") + "\"}", written);
        }
    }

    @Test
    void memberOfEmbeddedJsonIsCopiedOrEmpty() {
        String event = "{\"message\":\"m\",\"nested\":{\"custom_fields\":{\"no\":1}},\"custom_fields\":{\"job_id\":\"02\"}}";
        assertEquals("{\"job_id\":\"02\"}", Json.of(out -> EmbeddedJson.copyMemberOrEmpty(out, event, "custom_fields")));
        assertEquals("{}", Json.of(out -> EmbeddedJson.copyMemberOrEmpty(out, "{\"a\":1}", "custom_fields")));
        assertEquals("{}", Json.of(out -> EmbeddedJson.copyMemberOrEmpty(out, "{\"custom_fields\":", "custom_fields")));
    }
}
