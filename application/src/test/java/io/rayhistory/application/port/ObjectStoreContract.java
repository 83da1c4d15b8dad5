package io.rayhistory.application.port;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;

/**
 * Every sentence of {@link ObjectStore}, as a test. An adapter's test extends this and gives a fresh, empty, writable
 * store; what only that adapter can get wrong it tests beside it.
 */
public abstract class ObjectStoreContract
        implements ListingContract, ReadingContract, WritingContract, ExtendingContract, NamesContract {

    @Test
    void aReachableStorePassesItsCheck() {
        assertDoesNotThrow(() -> store().check());
    }

    @Test
    void describesItself() {
        assertFalse(store().describe().isBlank());
    }
}
