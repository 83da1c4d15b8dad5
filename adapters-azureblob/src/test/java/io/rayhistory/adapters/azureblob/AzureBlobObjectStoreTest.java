package io.rayhistory.adapters.azureblob;

import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.application.port.ObjectStoreContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

final class AzureBlobObjectStoreTest extends ObjectStoreContract {
    private ObjectStore store;

    @BeforeEach
    void open() {
        store = Stores.fresh();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    public ObjectStore store() {
        return store;
    }
}
