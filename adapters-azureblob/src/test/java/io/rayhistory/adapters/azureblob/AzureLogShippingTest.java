package io.rayhistory.adapters.azureblob;

import io.rayhistory.application.collect.InMemoryJournals;
import io.rayhistory.application.collect.InMemoryRayFolder;
import io.rayhistory.application.collect.LogShippingContract;
import org.junit.jupiter.api.AfterEach;

import java.util.ArrayList;
import java.util.List;

/** Logs of a made-up disk into Azurite: that a block list stands for the versions that log shipping relies on. */
final class AzureLogShippingTest extends LogShippingContract {
    private final List<AzureBlobObjectStore> stores = new ArrayList<>();

    @AfterEach
    void close() {
        stores.forEach(AzureBlobObjectStore::close);
    }

    @Override
    protected World world(long seed) {
        stores.add(Stores.fresh());
        InMemoryRayFolder folder = new InMemoryRayFolder();
        return new World(folder, folder, new InMemoryJournals(), stores.get(stores.size() - 1));
    }

    @Override
    protected int histories() {
        return 1;
    }
}
