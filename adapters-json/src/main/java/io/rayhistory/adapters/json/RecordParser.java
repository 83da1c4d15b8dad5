package io.rayhistory.adapters.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * One Jackson parser for many records: it is fed one record at a time and finds the end of input behind it, so a broken
 * record cannot reach into the next. Making a parser per record costs twice the tokenising (84 MB: 180 ms against 90).
 * After any failure call {@link #renew}. Not thread-safe.
 */
final class RecordParser {
    private static final byte[] PRIMER = {'{', '}', ' ', ' '};

    private final JsonFactory factory;
    private Feed feed;
    private JsonParser parser;

    RecordParser(JsonFactory factory) throws IOException {
        this.factory = factory;
        renew();
    }

    static JsonFactory factory(JsonLimits limits) {
        return JsonFactory.builder()
                // Names are compared in switches and by equals; the JVM's global table would only grow.
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                // Hostile names would end in an IllegalStateException instead of a slow record.
                .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.maxNesting())
                        .maxStringLength(limits.maxRecordBytes())
                        .maxNameLength(limits.maxRecordBytes())
                        .build())
                .build();
    }

    /** Points the parser in front of a record; the caller takes the first token. */
    JsonParser start(byte[] bytes, int from, int to) {
        feed.bytes = bytes;
        feed.from = from;
        feed.to = to;
        return parser;
    }

    /** True if nothing of the record is left behind the value that was read. */
    boolean finished() throws IOException {
        return feed.from == feed.to && parser.releaseBuffered(OutputStream.nullOutputStream()) <= 0;
    }

    /** A fresh parser; it sees a primer first, or Jackson would guess UTF-16 from a record with NUL bytes. */
    void renew() throws IOException {
        if (parser != null) {
            parser.close();
        }
        feed = new Feed();
        feed.bytes = PRIMER;
        feed.to = PRIMER.length;
        parser = factory.createParser(feed);
        parser.nextToken();
        parser.nextToken();
    }

    /** The current record, then the end of input. */
    private static final class Feed extends InputStream {
        private byte[] bytes;
        private int from;
        private int to;

        @Override
        public int read() {
            return from < to ? bytes[from++] & 255 : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (from >= to) {
                return -1;
            }
            int count = Math.min(length, to - from);
            System.arraycopy(bytes, from, target, offset, count);
            from += count;
            return count;
        }
    }
}
