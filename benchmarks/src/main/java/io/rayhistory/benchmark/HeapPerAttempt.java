package io.rayhistory.benchmark;

import io.rayhistory.adapters.filesystem.DirectoryObjectStore;
import io.rayhistory.adapters.json.JacksonAnswerCodec;
import io.rayhistory.adapters.json.JacksonEventCodec;
import io.rayhistory.application.read.HistoryReader;
import io.rayhistory.application.read.ReaderSettings;
import io.rayhistory.application.read.SessionEntry;
import io.rayhistory.application.read.StoredSession;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints what a loaded session keeps in the heap, per task attempt, and how long loading takes. The figure is that of
 * the whole session (log evidence, actors and all the rest included) over its task attempts, measured as the heap in
 * use after collections, with and without the session.
 *
 * <p>Usage: {@code java -cp benchmarks/target/classes:bootstrap/target/rayhistory.jar
 * io.rayhistory.benchmark.HeapPerAttempt FOLDER [ROOT_DIR]}
 */
public final class HeapPerAttempt {
    private static final int ROUNDS = 3;

    private HeapPerAttempt() {
    }

    public static void main(String[] args) throws InterruptedException {
        if (args.length < 1 || args.length > 2) {
            System.err.println("usage: HeapPerAttempt FOLDER [ROOT_DIR]");
            System.exit(2);
        }
        Path folder = Path.of(args[0]);
        String rootDir = args.length == 2 ? args[1] : "";
        for (SessionEntry entry : sessions(folder, rootDir)) {
            for (int round = 1; round <= ROUNDS; round++) {
                measure(folder, rootDir, entry, round);
            }
        }
    }

    private static List<SessionEntry> sessions(Path folder, String rootDir) {
        try (DirectoryObjectStore store = new DirectoryObjectStore(folder); HistoryReader reader = reader(store, rootDir)) {
            return reader.sessions();
        }
    }

    private static void measure(Path folder, String rootDir, SessionEntry entry, int round) throws InterruptedException {
        long before = settledHeap();
        try (DirectoryObjectStore store = new DirectoryObjectStore(folder); HistoryReader reader = reader(store, rootDir)) {
            long started = System.nanoTime();
            List<StoredSession> held = new ArrayList<>(List.of(reader.session(entry)));
            double seconds = (System.nanoTime() - started) / 1e9;
            long with = settledHeap();
            StoredSession session = held.get(0);
            long attempts = Math.max(1, session.history().tasks().size());
            System.out.printf("%s round %d: %d attempts, %d events in %.2f s; heap %.1f MB = %.1f bytes per attempt; estimate %.1f bytes per attempt%n",
                    entry.key().session(), round, session.history().tasks().size(), session.report().events(), seconds,
                    (with - before) / 1e6, (double) (with - before) / attempts, (double) session.history().weightBytes() / attempts);
        }
    }

    private static HistoryReader reader(DirectoryObjectStore store, String rootDir) {
        return HistoryReader.open(store, new JacksonEventCodec(), new JacksonAnswerCodec(), ReaderSettings.of(rootDir, Clock.systemUTC()));
    }

    /** Heap in use when nothing more can be collected: the least of several tries. */
    private static long settledHeap() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 6; i++) {
            System.gc();
            Thread.sleep(50);
            Runtime runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
