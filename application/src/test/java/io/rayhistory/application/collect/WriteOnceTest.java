package io.rayhistory.application.collect;

import io.rayhistory.application.port.InMemoryObjectStore;
import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.application.port.RayFolder.LogFolder;
import io.rayhistory.domain.HistoryException;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import static io.rayhistory.application.port.EventSpoolContract.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a collector does with a store that lets nothing be changed. */
final class WriteOnceTest {
    private final InMemoryRayFolder folder = new InMemoryRayFolder();
    private final InMemoryObjectStore stored = new InMemoryObjectStore();
    private final WriteOnceStore store = new WriteOnceStore(stored);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Map<String, String> texts(LogRig rig) {
        Map<String, String> texts = new TreeMap<>();
        rig.stored(stored).forEach((name, content) -> texts.put(name, new String(content, StandardCharsets.UTF_8)));
        return texts;
    }

    @Test
    void logsAreSentWhenTheyAreRotatedAndAtTheEnd() {
        LogRig rig = new LogRig(folder, new InMemoryJournals(), store, LogRig.SMALL.writtenOnce());
        folder.append("raylet.out", bytes("one "));
        rig.settle();
        assertTrue(texts(rig).isEmpty(), texts(rig).toString());
        folder.rename("raylet.out", "raylet.out.1");
        folder.append("raylet.out", bytes("two "));
        rig.settle();
        assertEquals(Map.of("raylet.out.1", "one "), texts(rig));
        folder.append("raylet.out", bytes("three"));
        rig.settle();
        assertEquals(0, rig.logs().flush(Duration.ofSeconds(5)));
        assertEquals(Map.of("raylet.out.1", "one ", "raylet.out", "two three"), texts(rig));
    }

    @Test
    void everyByteIsThereAtTheEndThoughEachObjectIsWrittenOnce() {
        for (long seed = 1; seed <= 100; seed++) {
            Random random = new Random(seed);
            InMemoryRayFolder logs = new InMemoryRayFolder();
            InMemoryObjectStore target = new InMemoryObjectStore();
            LogRig rig = new LogRig(logs, new InMemoryJournals(), new WriteOnceStore(target), LogRig.SMALL.writtenOnce());
            StringBuilder written = new StringBuilder();
            boolean empty = true;
            for (int step = 0; step < 60; step++) {
                int dice = random.nextInt(10);
                if (dice < 5) {
                    String line = "line " + step + " of seed " + seed + " ".repeat(random.nextInt(2_000)) + "\n";
                    logs.append("gcs_server.out", bytes(line));
                    written.append(line);
                    empty = false;
                } else if (dice == 5 && !empty) {
                    rig.scan(); // A file that was never seen under its first name would be a family of its own.
                    for (int number = 60; number > 0; number--) {
                        String from = "gcs_server.out" + (number == 1 ? "" : "." + (number - 1));
                        if (logs.logs(LogFolder.of(LogRig.SESSION)).stream().anyMatch(file -> file.path().equals(from))) {
                            logs.rename(from, "gcs_server.out." + number);
                        }
                    }
                    empty = true;
                } else {
                    rig.scan();
                }
            }
            assertEquals(0, rig.logs().flush(Duration.ofSeconds(5)), "seed " + seed);
            Map<String, String> objects = new TreeMap<>(java.util.Comparator.comparingInt(WriteOnceTest::number));
            rig.stored(target).forEach((name, content) -> objects.put(name, new String(content, StandardCharsets.UTF_8)));
            assertEquals(written.toString(), String.join("", objects.values()), "seed " + seed);
        }
    }

    /** Archived objects are numbered from the oldest on; the file itself is the newest. */
    private static int number(String name) {
        return name.endsWith(".out") ? Integer.MAX_VALUE : Integer.parseInt(name.replaceFirst(".*\\.", ""));
    }

    @Test
    void eventsAreSentWhenTheirFileIsSealed() {
        UploadFixture fixture = new UploadFixture();
        SpoolUploader uploader = fixture.uploader(UploadSettings.DEFAULTS.writtenOnce(), Runnable::run);
        post(fixture.spool, UploadFixture.NODE, "1");
        uploader.pass();
        fixture.pass(Duration.ofHours(1));
        uploader.pass();
        assertEquals(List.of(), fixture.names("ray/cluster-history/"));
        fixture.spool.seal("");
        uploader.pass();
        assertTrue(fixture.text(UploadFixture.NODE_OBJECT).contains("1"));
    }

    @Test
    void theFirstContentStaysAndNothingIsRemoved() {
        ObjectInfo first = store.put("a", new ByteArrayInputStream(bytes("one")));
        assertEquals(first, store.put("a", new ByteArrayInputStream(bytes("other"))));
        assertFalse(store.delete("a"));
        assertEquals("'a' cannot grow any more: this store lets every object be written once", assertThrows(HistoryException.class,
                () -> store.extend("a", first.etag(), 3, new ByteArrayInputStream(bytes("x")))).getMessage());
        List<String> names = new ArrayList<>();
        store.list("").forEachRemaining(object -> names.add(object.name()));
        assertEquals(List.of("a"), names);
        assertEquals("one", store.read("a", 0, ObjectStore.TO_END, "", (in, object) -> new String(in.readAllBytes(), StandardCharsets.UTF_8)).orElseThrow());
    }
}
