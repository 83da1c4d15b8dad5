package io.rayhistory.adapters.azureblob;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.storage.blob.models.BlobStorageException;
import io.rayhistory.application.port.ObjectInfo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * One request for a range of a blob, its body unread. Goes through the client's pipeline by hand, because the client's
 * own streams fetch whole blocks of 4 MiB into memory.
 *
 * @param object what the answer's headers say
 * @param from   offset of the body's first byte
 * @param count  bytes of the body
 */
record BlobRead(ObjectInfo object, long from, long count, HttpResponse response) {
    private static final HttpHeaderName SERVICE_VERSION = HttpHeaderName.fromString("x-ms-version");
    private static final HttpHeaderName RANGE = HttpHeaderName.fromString("x-ms-range");
    private static final HttpHeaderName FOLDER = HttpHeaderName.fromString("x-ms-meta-hdi_isfolder");
    private static final int LONGEST_ERROR = 16 << 10;

    /**
     * @param length bytes, or {@link Long#MAX_VALUE} to the end
     * @param etag   the version, {@code ""} for any
     * @return empty for a folder of an account with hierarchical namespace
     * @throws BlobStorageException 404, 412, 416 and the others
     */
    static Optional<BlobRead> open(AzureClient client, String name, long offset, long length, String etag) {
        HttpRequest request = new HttpRequest(HttpMethod.GET, client.container().getBlobClient(name).getBlobUrl());
        request.setHeader(SERVICE_VERSION, AzureClient.VERSION.getVersion());
        // Without it the client signs the word "null".
        request.setHeader(HttpHeaderName.CONTENT_LENGTH, "0");
        boolean toEnd = length >= Long.MAX_VALUE - offset;
        if (offset > 0 || !toEnd) {
            // A plain GET is fine for an empty blob, where every range is refused.
            request.setHeader(RANGE, "bytes=" + offset + "-" + (toEnd ? "" : offset + length - 1));
        }
        if (!etag.isEmpty()) {
            request.setHeader(HttpHeaderName.IF_MATCH, Blobs.quoted(etag));
        }
        HttpResponse response = client.container().getHttpPipeline().sendSync(request, AzureCalls.patience(client.times().response()));
        if (response.getStatusCode() / 100 != 2) {
            throw refused(response);
        }
        HttpHeaders headers = response.getHeaders();
        if ("true".equalsIgnoreCase(headers.getValue(FOLDER))) {
            response.close();
            return Optional.empty();
        }
        String range = headers.getValue(HttpHeaderName.CONTENT_RANGE);
        long count = Long.parseLong(headers.getValue(HttpHeaderName.CONTENT_LENGTH));
        long total = range == null ? count : Long.parseLong(range.substring(range.indexOf('/') + 1));
        ObjectInfo object = new ObjectInfo(name, total, Blobs.bare(headers.getValue(HttpHeaderName.ETAG)),
                DateTimeFormatter.RFC_1123_DATE_TIME.parse(headers.getValue(HttpHeaderName.LAST_MODIFIED), Instant::from));
        return Optional.of(new BlobRead(object, range == null ? 0 : offset, count, response));
    }

    private static BlobStorageException refused(HttpResponse response) {
        try (response; InputStream body = response.getBodyAsBinaryData().toStream()) {
            return new BlobStorageException("", response, new String(body.readNBytes(LONGEST_ERROR), java.nio.charset.StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    InputStream body() {
        return response.getBodyAsBinaryData().toStream();
    }
}
