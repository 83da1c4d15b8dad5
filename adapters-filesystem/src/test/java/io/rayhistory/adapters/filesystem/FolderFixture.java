package io.rayhistory.adapters.filesystem;

import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.application.port.StoreFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A store in a folder of its own, into which a test puts files behind the store's back. */
abstract class FolderFixture implements StoreFixture {
    @TempDir
    Path temp;
    Path root;
    private ObjectStore store;

    @BeforeEach
    final void makeRoot() throws IOException {
        root = Files.createDirectory(temp.resolve("root"));
        store = new DirectoryObjectStore(root);
    }

    @Override
    public final ObjectStore store() {
        return store;
    }

    final void file(String path, String content) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
