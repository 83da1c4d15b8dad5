package io.rayhistory.adapters.azureblob;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.models.BlobHttpHeaders;
import io.rayhistory.application.port.ObjectInfo;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;

/** What blobs and objects have in common, and where they differ. */
final class Blobs {
    /** Marks a folder of an account with hierarchical namespace; it looks like an empty blob. */
    private static final String FOLDER_MARK = "hdi_isfolder";
    private static final int LONGEST_NAME = 1024;

    private Blobs() {
    }

    static ObjectInfo info(String name, long length, String etag, OffsetDateTime modified) {
        return new ObjectInfo(name, length, bare(etag), modified == null ? Instant.EPOCH : modified.toInstant());
    }

    /** Headers quote ETags, listings do not. */
    static String bare(String etag) {
        String strong = etag.startsWith("W/") ? etag.substring(2) : etag;
        return strong.length() > 1 && strong.startsWith("\"") && strong.endsWith("\"") ? strong.substring(1, strong.length() - 1) : strong;
    }

    static String quoted(String etag) {
        return "\"" + etag + "\"";
    }

    static boolean isFolder(Map<String, String> metadata) {
        return metadata != null && metadata.entrySet().stream()
                .anyMatch(entry -> entry.getKey().equalsIgnoreCase(FOLDER_MARK) && "true".equalsIgnoreCase(entry.getValue()));
    }

    /**
     * False for names that the service would take for others: it turns backslashes into slashes, half a surrogate pair
     * into a question mark, and has none that are longer.
     */
    static boolean canHold(String name) {
        if (name.indexOf('\\') >= 0 || name.length() > LONGEST_NAME) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (Character.isHighSurrogate(name.charAt(i)) && i + 1 < name.length() && Character.isLowSurrogate(name.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** What browsers and tools are told; never an encoding, or they would unpack {@code .gz} by themselves. */
    static BlobHttpHeaders headers(String name) {
        String type = name.endsWith(".gz") ? "application/gzip"
                : name.contains("/fetched_endpoints/") ? "application/json"
                : name.contains("/node_events/") || name.contains("/job_events/") ? "application/x-ndjson"
                : name.contains("/logs/") ? "text/plain; charset=utf-8"
                : "application/octet-stream";
        return new BlobHttpHeaders().setContentType(type);
    }

    /** Only of what we add to a session: what other programs know stays as they would write it. */
    static Map<String, String> metadata(String name) {
        return name.contains("/fetched_endpoints/history__") || name.startsWith("history-index/") || name.contains("/history-index/")
                ? Map.of("history_version", "1") : Map.of();
    }

    /** The first bytes of a buffer, without copying the buffer if they are all of it. */
    static BinaryData body(byte[] buffer, int length) {
        return BinaryData.fromBytes(length == buffer.length ? buffer : java.util.Arrays.copyOf(buffer, length));
    }
}
