package io.rayhistory.adapters.azureblob;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** What a token says about itself. Not verified, and the signature is not kept: only good for telling people. */
record TokenClaims(Map<String, Object> claims) {

    /** No claims at all if the text is no JSON web token. */
    static TokenClaims of(String token) {
        String[] parts = token.strip().split("\\.");
        if (parts.length < 2) {
            return new TokenClaims(Map.of());
        }
        try (JsonReader json = JsonProviders.createReader(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8))) {
            return new TokenClaims(json.readMap(JsonReader::readUntyped));
        } catch (IOException | RuntimeException notOurs) {
            return new TokenClaims(Map.of());
        }
    }

    /** A claim as text, {@code ""} if absent. */
    String text(String claim) {
        Object value = claims.get(claim);
        return value == null ? "" : String.valueOf(value).replaceAll("\\p{Cntrl}", "?");
    }

    /** The client that the token was issued to; version 1 and 2 tokens name it differently. */
    String client() {
        return text("appid").isEmpty() ? text("azp") : text("appid");
    }
}
