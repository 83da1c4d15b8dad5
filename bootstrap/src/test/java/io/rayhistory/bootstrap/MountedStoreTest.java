package io.rayhistory.bootstrap;

import io.rayhistory.adapters.filesystem.DirectoryObjectStore;
import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.domain.HistoryException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

final class MountedStoreTest {
    private static final String MOUNT = "cluster-history/raycluster/default/demo/session_1/";

    @TempDir
    private Path folder;
    private ObjectStore store;

    @BeforeEach
    void fill() throws IOException {
        for (String name : List.of("node/logs/a.out", "node/logs/b.out", "node/node_events/e.jsonl", "fetched_endpoints/x")) {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.writeString(folder.resolve(name), name);
        }
        store = new MountedStore(new DirectoryObjectStore(folder), MOUNT);
    }

    @Test
    void objectsCarryTheMountInTheirNames() {
        List<String> all = List.of(MOUNT + "fetched_endpoints/x", MOUNT + "node/logs/a.out", MOUNT + "node/logs/b.out",
                MOUNT + "node/node_events/e.jsonl");
        for (String prefix : List.of("", "cluster-h", "cluster-history/", MOUNT)) {
            assertEquals(all, names(store.list(prefix)), prefix);
        }
        assertEquals(all.subList(1, 3), names(store.list(MOUNT + "node/l")));
        for (String prefix : List.of("cluster-metadata/", MOUNT + "x", "cluster-history/raycluster/default/demo/session_2/", "node/")) {
            assertEquals(List.of(), names(store.list(prefix)), prefix);
        }
    }

    @Test
    void foldersLeadDownToTheMountAndBelow() {
        assertEquals(List.of("cluster-history/"), collect(store.listFolder("")));
        assertEquals(List.of("cluster-history/raycluster/"), collect(store.listFolder("cluster-history/")));
        assertEquals(List.of(MOUNT), collect(store.listFolder("cluster-history/raycluster/default/demo/")));
        assertEquals(List.of(MOUNT + "fetched_endpoints/", MOUNT + "node/"), collect(store.listFolder(MOUNT)));
        assertEquals(List.of(MOUNT + "node/logs/a.out", MOUNT + "node/logs/b.out"), collect(store.listFolder(MOUNT + "node/logs/")));
        assertEquals(List.of(), collect(store.listFolder("metadir/")));
    }

    @Test
    void whatIsReadIsWhatLiesInTheFolder() {
        String name = MOUNT + "node/logs/b.out";
        ObjectInfo found = store.find(name).orElseThrow();
        assertEquals(name, found.name());
        assertEquals(Optional.of(name + " de/lo"), store.read(name, 2, 5, found.etag(),
                (in, object) -> object.name() + " " + new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        assertEquals(Optional.empty(), store.find("node/logs/b.out"));
        assertEquals(Optional.empty(), store.read("node/logs/b.out", 0, ObjectStore.TO_END, "", (in, object) -> "found"));
    }

    @Test
    void nothingCanBeWritten() {
        String name = MOUNT + "node/logs/b.out";
        InputStream content = new ByteArrayInputStream(new byte[1]);
        List<Runnable> writes = List.of(() -> store.put(name, content), () -> store.putIfAbsent(name, content),
                () -> store.extend(name, "", 0, content), () -> store.delete(name), () -> store.copy(name, name));
        writes.forEach(write -> assertEquals(HistoryException.Kind.INVALID, assertThrows(HistoryException.class, write::run).kind()));
    }

    private static List<String> names(Iterator<ObjectInfo> objects) {
        return collect(objects).stream().map(ObjectInfo::name).toList();
    }

    private static <T> List<T> collect(Iterator<T> all) {
        List<T> list = new ArrayList<>();
        all.forEachRemaining(list::add);
        return list;
    }
}
