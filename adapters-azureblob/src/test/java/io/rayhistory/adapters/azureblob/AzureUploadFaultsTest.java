package io.rayhistory.adapters.azureblob;

import io.rayhistory.application.collect.UploadFaultsContract;
import io.rayhistory.application.port.ObjectStore;
import org.junit.jupiter.api.AfterEach;

import java.util.ArrayList;
import java.util.List;

/** Events of a made-up disk into Azurite. */
final class AzureUploadFaultsTest extends UploadFaultsContract {
    private final List<ObjectStore> stores = new ArrayList<>();

    @AfterEach
    void close() {
        stores.forEach(ObjectStore::close);
    }

    @Override
    protected ObjectStore emptyStore() {
        stores.add(Stores.fresh());
        return stores.get(stores.size() - 1);
    }

    @Override
    protected int histories() {
        return 1;
    }
}
