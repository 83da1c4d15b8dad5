package io.rayhistory.adapters.filesystem;

import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.application.port.ObjectStoreContract;
import io.rayhistory.application.port.StoreFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.junit.jupiter.api.Assertions.assertEquals;

final class DirectoryObjectStoreTest extends ObjectStoreContract {
    @TempDir
    Path folder;
    private ObjectStore store;

    @BeforeEach
    void open() {
        store = new DirectoryObjectStore(folder);
    }

    @Override
    public ObjectStore store() {
        return store;
    }

    @Test
    void programsThatRaceForANameMakeOneObject() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 50; round++) {
                String name = "race/" + round + "/object";
                List<Callable<Optional<ObjectInfo>>> programs = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    ObjectStore own = new DirectoryObjectStore(folder);
                    programs.add(() -> own.putIfAbsent(name, StoreFixture.stream("x")));
                }
                int winners = 0;
                for (Future<Optional<ObjectInfo>> program : threads.invokeAll(programs)) {
                    winners += program.get().isPresent() ? 1 : 0;
                }
                assertEquals(1, winners, name);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
