package io.rayhistory.domain.layout;

import java.util.Arrays;

/**
 * SHA-256 (FIPS 180-4), because shortened names carry one and the domain may not use {@code java.security}. For short
 * texts only; a test compares it with the JDK's.
 */
final class Sha256 {
    private static final int[] K = new int[64];
    private static final int[] START = new int[8];

    static {
        // The constants are the first 32 bits of the fractional parts of roots of the first primes.
        int found = 0;
        for (int n = 2; found < 64; n++) {
            boolean prime = true;
            for (int d = 2; d * d <= n; d++) {
                prime &= n % d != 0;
            }
            if (prime) {
                if (found < 8) {
                    START[found] = fraction(Math.sqrt(n));
                }
                K[found++] = fraction(Math.cbrt(n));
            }
        }
    }

    private Sha256() {
    }

    private static int fraction(double root) {
        return (int) (long) ((root - Math.floor(root)) * 4294967296.0);
    }

    /** The digest in lower-case hex. */
    static String hex(byte[] text) {
        int blocks = (text.length + 9 + 63) / 64;
        byte[] padded = Arrays.copyOf(text, blocks * 64);
        padded[text.length] = (byte) 0x80;
        long bits = 8L * text.length;
        for (int i = 0; i < 8; i++) {
            padded[padded.length - 1 - i] = (byte) (bits >>> 8 * i);
        }
        int[] state = START.clone();
        int[] w = new int[64];
        for (int at = 0; at < padded.length; at += 64) {
            for (int i = 0; i < 16; i++) {
                int p = at + 4 * i;
                w[i] = (padded[p] & 255) << 24 | (padded[p + 1] & 255) << 16 | (padded[p + 2] & 255) << 8 | padded[p + 3] & 255;
            }
            compress(state, w);
        }
        StringBuilder hex = new StringBuilder(64);
        for (int word : state) {
            hex.append(String.format("%08x", word));
        }
        return hex.toString();
    }

    private static void compress(int[] state, int[] w) {
        for (int i = 16; i < 64; i++) {
            int s0 = Integer.rotateRight(w[i - 15], 7) ^ Integer.rotateRight(w[i - 15], 18) ^ w[i - 15] >>> 3;
            int s1 = Integer.rotateRight(w[i - 2], 17) ^ Integer.rotateRight(w[i - 2], 19) ^ w[i - 2] >>> 10;
            w[i] = w[i - 16] + s0 + w[i - 7] + s1;
        }
        int[] v = state.clone();
        for (int i = 0; i < 64; i++) {
            int s1 = Integer.rotateRight(v[4], 6) ^ Integer.rotateRight(v[4], 11) ^ Integer.rotateRight(v[4], 25);
            int s0 = Integer.rotateRight(v[0], 2) ^ Integer.rotateRight(v[0], 13) ^ Integer.rotateRight(v[0], 22);
            int t1 = v[7] + s1 + (v[4] & v[5] ^ ~v[4] & v[6]) + K[i] + w[i];
            int t2 = s0 + (v[0] & v[1] ^ v[0] & v[2] ^ v[1] & v[2]);
            System.arraycopy(v, 0, v, 1, 7);
            v[4] += t1;
            v[0] = t1 + t2;
        }
        for (int i = 0; i < 8; i++) {
            state[i] += v[i];
        }
    }
}
