package io.rayhistory.application.collect;

import io.rayhistory.application.port.RayFolder.OpenLog;

import java.io.EOFException;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * What tells whether a file still begins with the bytes that were sent of it: hashes of the first and of the last KiB
 * of those, and of all of them if they are few. Immutable.
 *
 * @param length bytes sent
 * @param first  hash of their first {@value #EDGE}, or of all if there are fewer
 * @param last   hash of their last {@value #EDGE}, or of all if there are fewer
 * @param whole  hash of all, {@code ""} if they were too many to be read again
 */
record Fingerprint(long length, String first, String last, String whole) {
    static final int EDGE = 1024;
    static final Fingerprint EMPTY = of(new byte[0]);

    static Fingerprint of(byte[] content) {
        return new Fingerprint(content.length, hash(content, 0, Math.min(EDGE, content.length)),
                hash(content, Math.max(0, content.length - EDGE), content.length), hash(content, 0, content.length));
    }

    /** Of the beginning of a file, without the hash of the whole. */
    static Fingerprint of(OpenLog file, long length) throws IOException {
        int edge = (int) Math.min(EDGE, length);
        return new Fingerprint(length, hash(read(file, 0, edge)), hash(read(file, length - edge, edge)), "");
    }

    /**
     * Of a file of which this was sent, and then more.
     *
     * @param firstBytes of what came then; they count if this is empty
     * @param lastBytes  the last {@value #EDGE} bytes of all, more being sent than that
     */
    Fingerprint followedBy(long sent, byte[] firstBytes, byte[] lastBytes) {
        return new Fingerprint(length + sent, length == 0 ? hash(firstBytes) : first, hash(lastBytes), "");
    }

    /** True if the first KiB is the same: of all identities a file has, the one that survives a restart. */
    boolean beginsLike(OpenLog file) throws IOException {
        int edge = (int) Math.min(EDGE, length);
        return file.size() >= edge && hash(read(file, 0, edge)).equals(first);
    }

    /** True if the file has at least that length and both edges are the same. */
    boolean edgesMatch(OpenLog file) throws IOException {
        int edge = (int) Math.min(EDGE, length);
        return file.size() >= length && beginsLike(file) && hash(read(file, length - edge, edge)).equals(last);
    }

    /** True if these bytes begin with what was sent. */
    boolean isPrefixOf(byte[] content) {
        if (content.length < length) {
            return false;
        }
        return whole.isEmpty() ? edgesMatch(content) : hash(content, 0, (int) length).equals(whole);
    }

    private boolean edgesMatch(byte[] content) {
        int edge = (int) Math.min(EDGE, length);
        return hash(content, 0, edge).equals(first) && hash(content, (int) length - edge, (int) length).equals(last);
    }

    /** @throws EOFException if the file is shorter */
    static byte[] read(OpenLog file, long offset, int length) throws IOException {
        byte[] bytes = new byte[length];
        for (int done = 0; done < length;) {
            int read = file.read(offset + done, bytes, done, length - done);
            if (read <= 0) {
                throw new EOFException("the file ends at " + (offset + done) + " by now");
            }
            done += read;
        }
        return bytes;
    }

    private static String hash(byte[] bytes) {
        return hash(bytes, 0, bytes.length);
    }

    private static String hash(byte[] bytes, int from, int to) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, from, to - from);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest.digest(), 15));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
