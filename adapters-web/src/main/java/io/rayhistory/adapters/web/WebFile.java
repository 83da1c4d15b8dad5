package io.rayhistory.adapters.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/**
 * One file as a browser gets it.
 *
 * @param type  media type with charset
 * @param bytes as they are; not to be changed
 * @param gzip  the same, compressed once at start; not to be changed
 */
public record WebFile(String type, byte[] bytes, byte[] gzip) {

    static WebFile of(String type, byte[] bytes) {
        return new WebFile(type, bytes, pack(bytes));
    }

    private static byte[] pack(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(bytes.length / 3 + 64);
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }
}
