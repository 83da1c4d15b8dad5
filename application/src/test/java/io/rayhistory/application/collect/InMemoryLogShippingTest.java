package io.rayhistory.application.collect;

import io.rayhistory.application.port.InMemoryObjectStore;

final class InMemoryLogShippingTest extends LogShippingContract {

    @Override
    protected World world(long seed) {
        InMemoryRayFolder folder = new InMemoryRayFolder();
        return new World(folder, folder, new InMemoryJournals(), new InMemoryObjectStore());
    }

    @Override
    protected int histories() {
        return 100;
    }
}
