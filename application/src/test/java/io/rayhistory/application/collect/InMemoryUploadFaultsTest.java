package io.rayhistory.application.collect;

import io.rayhistory.application.port.InMemoryObjectStore;
import io.rayhistory.application.port.ObjectStore;

final class InMemoryUploadFaultsTest extends UploadFaultsContract {

    @Override
    protected ObjectStore emptyStore() {
        return new InMemoryObjectStore();
    }

    @Override
    protected int histories() {
        return 300;
    }
}
