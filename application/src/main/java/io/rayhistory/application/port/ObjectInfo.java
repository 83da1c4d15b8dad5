package io.rayhistory.application.port;

import java.time.Instant;

/**
 * One stored object as a listing or a look-up saw it.
 *
 * @param name     full name, {@code /} as separator
 * @param length   bytes
 * @param etag     changes whenever the content changes; opaque, never empty
 * @param modified when the content last changed, as the store's clock told
 */
public record ObjectInfo(String name, long length, String etag, Instant modified) {
}
