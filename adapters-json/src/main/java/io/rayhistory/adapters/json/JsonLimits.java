package io.rayhistory.adapters.json;

/**
 * How much of a bad file is held in memory before it is given up. Immutable.
 *
 * @param maxRecordBytes longest line, or array element, that is decoded; a longer one is skipped alone
 * @param maxNesting     deepest nesting of objects and arrays
 */
public record JsonLimits(int maxRecordBytes, int maxNesting) {
    /** 32 MiB and 256: the largest event ever recorded had 111 kB and nested 7 deep. */
    public static final JsonLimits DEFAULT = new JsonLimits(32 << 20, 256);

    public JsonLimits {
        if (maxRecordBytes < 1 || maxRecordBytes > 1 << 30 || maxNesting < 1) {
            throw new IllegalArgumentException("limits must be positive, records at most 1 GiB: " + maxRecordBytes
                    + " bytes, nesting " + maxNesting);
        }
    }

    JsonLimits withMaxRecordBytes(int bytes) {
        return new JsonLimits(bytes, maxNesting);
    }
}
