package io.rayhistory.application.read;

import io.rayhistory.application.port.ObjectStore;

import java.util.Optional;

/** Dashboard answers that the collector stored while the cluster lived. */
public interface StoredEndpoints {

    /**
     * Lends the stored body for a request.
     *
     * @param target raw path and query as the client sent them, without the session's base path; matched exactly first,
     *               then by decoded path and the multiset of decoded query pairs
     * @return empty if it was not stored
     */
    <T> Optional<T> read(String target, ObjectStore.StreamReader<T> reader);

    /** True if {@link #read} would find a body. */
    boolean has(String target);
}
