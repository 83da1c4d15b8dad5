package io.rayhistory.application.collect;

import io.rayhistory.application.port.JournalFolder;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.application.port.RayFolder;
import io.rayhistory.domain.layout.StorageLayout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Real threads: files that grow and rotate while four uploads run and the store fails now and then. */
public final class LogThreads {
    private static final int FILES = 30;

    private final LogSource source;
    private final Map<String, StringBuilder> written = new TreeMap<>();
    private final Random random;

    public LogThreads(LogSource source, long seed) {
        this.source = source;
        this.random = new Random(seed);
    }

    /** Writes for a while, then checks that moved files and those after them, one after the other, are what was written. */
    public void check(RayFolder folder, JournalFolder journals, ObjectStore inner, int lines) throws InterruptedException {
        AtomicBoolean calm = new AtomicBoolean();
        Random dice = new Random(random.nextLong());
        FaultyObjectStore store = new FaultyObjectStore(inner, () -> {
            synchronized (dice) {
                int number = calm.get() ? 99 : dice.nextInt(100);
                return number < 5 ? FaultyObjectStore.Fault.REFUSED : number < 10 ? FaultyObjectStore.Fault.ANSWER_LOST
                        : number < 15 ? FaultyObjectStore.Fault.CHANGED : FaultyObjectStore.Fault.NONE;
            }
        });
        LogSettings eager = new LogSettings(Duration.ofMillis(5), Duration.ofMillis(5), Duration.ofMillis(20), 500, 2_000, 300, 5_000, 100, 4);
        ExecutorService uploads = Executors.newFixedThreadPool(4);
        LogCollection logs = new LogCollection(folder, journals, store, StorageLayout.clusterHistory("ray/"), eager,
                new RequestBudget(100_000, 1_000, System::nanoTime), uploads, System::nanoTime);
        logs.open(LogRig.KEY, LogRig.NODE);
        Thread writer = new Thread(() -> write(lines), "writer");
        writer.start();
        while (writer.isAlive()) {
            logs.scan();
            writer.join(3);
        }
        calm.set(true);
        assertEquals(0, logs.flush(Duration.ofSeconds(20)));
        uploads.shutdown();
        assertTrue(uploads.awaitTermination(10, TimeUnit.SECONDS));
        assertEquals(0, logs.stats().lostBytes());
        logs.close();
        written.forEach((path, text) -> checkParts(inner, path, text.toString()));
    }

    private void write(int lines) {
        for (int line = 0; line < lines; line++) {
            String path = String.format("worker-%02d.out", random.nextInt(FILES));
            String text = path + " line " + line + " of a log that goes on\n";
            written.computeIfAbsent(path, key -> new StringBuilder()).append(text);
            source.append(path, text.getBytes(StandardCharsets.UTF_8));
            if (random.nextInt(300) == 0 && written.get(path).length() > 200) {
                source.rename(path, "old/" + path + line);
            }
            if (line % 20 == 0) {
                Thread.yield();
            }
        }
    }

    /**
     * What was written to a path, put together from the objects that hold a part: each must be found where the one before
     * ends. A file that was moved before it was ever seen lies where it was moved to.
     */
    private static void checkParts(ObjectStore store, String path, String text) {
        StorageLayout layout = StorageLayout.clusterHistory("ray/");
        List<String> parts = new ArrayList<>();
        for (String prefix : List.of(path, "old/" + path)) {
            store.list(layout.logFile(LogRig.KEY, LogRig.NODE, prefix)).forEachRemaining(object -> parts.add(store.read(object.name(), 0,
                    ObjectStore.TO_END, "", (in, info) -> new String(in.readAllBytes(), StandardCharsets.UTF_8)).orElseThrow()));
        }
        int at = 0;
        while (!parts.isEmpty()) {
            int end = at;
            String next = parts.stream().filter(part -> text.startsWith(part, end)).findFirst()
                    .orElseThrow(() -> new AssertionError(path + ": nothing goes on at byte " + end + " of " + text.length()));
            parts.remove(next);
            at += next.length();
        }
        assertEquals(text.length(), at, path);
    }
}
