package io.rayhistory.adapters.http.intake;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;

/** What posts have to show, if anything. Thread-safe. */
final class SharedToken {
    private final byte[] token;

    SharedToken(String token) {
        this.token = token.getBytes(StandardCharsets.UTF_8);
    }

    /** @param authorization the header of that name, {@code null} if there is none */
    boolean admits(String authorization) {
        if (token.length == 0) {
            return true;
        }
        // Compares in a time that does not tell how much of the token was right.
        return authorization != null && MessageDigest.isEqual(token, shown(authorization.strip()).getBytes(StandardCharsets.UTF_8));
    }

    /** Of a bearer, or the password of anybody: aiohttp, with which Ray posts, makes that of {@code http://x:token@host}. */
    private static String shown(String authorization) {
        String lower = authorization.toLowerCase(Locale.ROOT);
        if (lower.startsWith("bearer ")) {
            return authorization.substring(7).strip();
        }
        if (!lower.startsWith("basic ")) {
            return "";
        }
        try {
            String pair = new String(Base64.getDecoder().decode(authorization.substring(6).strip()), StandardCharsets.UTF_8);
            return pair.substring(pair.indexOf(':') + 1);
        } catch (IllegalArgumentException noBase64) {
            return "";
        }
    }
}
