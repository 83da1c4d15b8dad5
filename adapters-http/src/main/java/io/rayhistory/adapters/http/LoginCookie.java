package io.rayhistory.adapters.http;

import io.rayhistory.domain.HistoryException;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Keeps a login in the browser: the token and its end, sealed with AES-256-GCM, so that nothing is kept here and every
 * replica with the same key can read it. Thread-safe.
 */
final class LoginCookie {
    static final String NAME = "rhs-auth";
    static final Duration LASTS = Duration.ofHours(8);
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final int LEAST_KEY = 32;
    /** Browsers keep no larger cookies. */
    private static final int LONGEST = 4_000;

    private final List<SecretKeySpec> keys;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    private LoginCookie(List<SecretKeySpec> keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * @param file one secret of at least {@value #LEAST_KEY} characters per line: the first seals, all open
     * @throws HistoryException INVALID for a file that is none
     */
    static LoginCookie of(Optional<Path> file, InstantSource clock) {
        List<SecretKeySpec> keys = new ArrayList<>();
        try {
            for (String line : file.isPresent() ? Files.readAllLines(file.get()) : List.<String>of()) {
                if (line.strip().length() >= LEAST_KEY) {
                    keys.add(key(line.strip().getBytes(StandardCharsets.UTF_8)));
                }
            }
        } catch (IOException e) {
            throw new HistoryException(HistoryException.Kind.INVALID, "the file of cookie keys " + file.get() + " cannot be read", e);
        }
        if (file.isPresent() && keys.isEmpty()) {
            throw HistoryException.invalid(file.get() + " has no cookie key: expected lines of at least " + LEAST_KEY + " characters");
        }
        if (keys.isEmpty()) {
            byte[] own = new byte[LEAST_KEY];
            new SecureRandom().nextBytes(own);
            keys.add(key(own));
        }
        return new LoginCookie(List.copyOf(keys), clock);
    }

    private static SecretKeySpec key(byte[] secret) {
        try {
            return new SecretKeySpec(MessageDigest.getInstance("SHA-256").digest(secret), "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** @return empty if the token is too long for a cookie */
    Optional<String> seal(String token) {
        byte[] text = token.getBytes(StandardCharsets.UTF_8);
        byte[] plain = ByteBuffer.allocate(Long.BYTES + text.length).putLong(clock.instant().plus(LASTS).getEpochSecond()).put(text).array();
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, keys.get(0), nonce).doFinal(plain);
            String value = Base64.getUrlEncoder().withoutPadding().encodeToString(ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array());
            return value.length() > LONGEST ? Optional.empty() : Optional.of(value);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }

    /** The token inside; empty for anything that is not ours, or is over. */
    Optional<String> open(String value) {
        byte[] sealed;
        try {
            sealed = Base64.getUrlDecoder().decode(value);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (sealed.length <= NONCE) {
            return Optional.empty();
        }
        byte[] nonce = java.util.Arrays.copyOf(sealed, NONCE);
        for (SecretKeySpec key : keys) {
            try {
                ByteBuffer plain = ByteBuffer.wrap(cipher(Cipher.DECRYPT_MODE, key, nonce).doFinal(sealed, NONCE, sealed.length - NONCE));
                boolean over = !clock.instant().isBefore(Instant.ofEpochSecond(plain.getLong()));
                return over ? Optional.empty() : Optional.of(StandardCharsets.UTF_8.decode(plain).toString());
            } catch (GeneralSecurityException | java.nio.BufferUnderflowException e) {
                // sealed by another key, or by nobody
            }
        }
        return Optional.empty();
    }

    private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}
