package io.rayhistory.adapters.filesystem;

import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.application.port.ObjectStoreContract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** The whole contract with the names that Windows needs, on whatever system this runs. */
final class WindowsNamesTest extends ObjectStoreContract {
    @TempDir
    Path folder;
    private ObjectStore store;

    @BeforeEach
    void open() {
        store = new DirectoryObjectStore(folder, new FileNames(true));
    }

    @Override
    public ObjectStore store() {
        return store;
    }
}
