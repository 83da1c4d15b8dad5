package io.rayhistory.application.read;

import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;

import java.util.List;

/** The stored objects of one session, as they lie in the store, so that they can be carried elsewhere. Thread-safe. */
public interface SessionArchive {

    /**
     * One object and the name it has below the store's root dir: what a store without one calls it.
     */
    record Item(String name, ObjectInfo object) {
    }

    /**
     * Markers, events, logs and stored answers of a session, in name order; all of them, whichever layout they are in.
     *
     * @throws io.rayhistory.domain.HistoryException MISSING if nothing is stored, UNAVAILABLE if the store cannot tell
     */
    List<Item> items(SessionEntry entry);

    /**
     * Lends exactly the bytes that {@link Item#object} told of, also of an object that has grown since.
     *
     * @throws io.rayhistory.domain.HistoryException MISSING if it is gone, UNAVAILABLE if the store fails
     */
    <T> T read(Item item, ObjectStore.StreamReader<T> reader);
}
