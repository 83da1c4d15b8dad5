package io.rayhistory.adapters.azureblob;

import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.application.port.ObjectStoreContract;
import org.junit.jupiter.api.AfterEach;

final class AzureBlobObjectStoreTest extends ObjectStoreContract {
    private ObjectStore store;

    @Override
    public ObjectStore store() {
        if (store == null) {
            store = Stores.fresh(); store.check();
        }
        return store;
    }

    @AfterEach
    void close() {
        if (store != null) {
            store.close();
        }
    }
}
