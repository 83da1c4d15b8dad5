package io.rayhistory.adapters.kubernetes;

/**
 * Something an API server may allow us or not.
 *
 * @param server  which one
 * @param what    such as {@code list rayclusters.ray.io in all namespaces}
 * @param purpose what does not work without
 * @param allowed what the API server said
 * @param failure why it could not be asked, {@code ""} if it could
 */
public record Right(String server, String what, String purpose, boolean allowed, String failure) {
}
