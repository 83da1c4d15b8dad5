package io.rayhistory.application.read;

import io.rayhistory.application.port.ObjectInfo;

import java.util.Collection;

/**
 * Names what a session consisted of when it was listed: its objects' names, lengths and ETags. What was made from a
 * session is worth nothing under another fingerprint.
 *
 * <p>128 bits of a plain mixing hash: it has to tell listings apart that came about by themselves. Who can choose names
 * and ETags to defeat it can write events as well, and a cryptographic hash costs a fresh process 40 ms.
 */
final class ListingFingerprint {
    private long one = 0x9E3779B97F4A7C15L;
    private long other = 0xC2B2AE3D27D4EB4FL;

    private ListingFingerprint() {
    }

    /** 32 hex digits. */
    static String of(SessionContents contents) {
        ListingFingerprint print = new ListingFingerprint();
        print.add(contents.eventFiles());
        contents.logs().forEach((node, files) -> {
            print.add(node);
            print.add(files.values());
        });
        print.add(contents.endpoints().values());
        return hex(print.one) + hex(print.other);
    }

    private void add(Collection<ObjectInfo> objects) {
        add(objects.size());
        for (ObjectInfo object : objects) {
            add(object.name());
            add(object.length());
            add(object.etag());
        }
    }

    private void add(String text) {
        add(text.length());
        for (int i = 0; i < text.length(); i++) {
            add(text.charAt(i));
        }
    }

    private void add(long value) {
        one = (one ^ value) * 0xBF58476D1CE4E5B9L;
        one ^= one >>> 31;
        other = (Long.rotateLeft(other, 29) + value) * 0x94D049BB133111EBL;
        other ^= other >>> 27;
    }

    private static String hex(long value) {
        String digits = Long.toHexString(value);
        return "0".repeat(16 - digits.length()) + digits;
    }
}
