package io.rayhistory.application.collect;

import io.rayhistory.application.port.SpoolFile;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.id.SessionKey;

/** Where in the store the events of one spool file go. For one thread at a time. */
interface StoredEvents {

    /** Bytes of the file that the store has confirmed. */
    long sent();

    /**
     * Stores the file's committed bytes.
     *
     * @return false if the file is gone
     * @throws HistoryException UNAVAILABLE, or what else the store says; to be tried again later
     */
    boolean send(SpoolFile file);

    /** Makes one for a new file of a session. */
    @FunctionalInterface
    interface Maker {
        StoredEvents of(SessionKey session);
    }
}
