package io.rayhistory.application.collect;

import io.rayhistory.adapters.filesystem.DirectoryObjectStore;
import io.rayhistory.adapters.filesystem.FileEventSpool;
import io.rayhistory.application.port.EventSpool;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.application.port.EventSpool.Batch;
import io.rayhistory.application.port.EventSpool.Category;
import io.rayhistory.application.port.SpoolSettings;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.id.ClusterRef;
import io.rayhistory.domain.layout.StorageLayout;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What the tests start as processes of their own. {@code post}: posts for ever and tells of each committed batch, to be
 * killed. {@code large}: posts batches larger than its heap, sends them, and ends.
 */
final class SpoolProgram {
    static final ClusterRef CLUSTER = ClusterRef.plain("ns", "c");
    private static final int POSTERS = 3;

    private SpoolProgram() {
    }

    static EventSpool spool(Path folder, long rotationBytes) {
        return new FileEventSpool(folder.resolve("event-data"), CLUSTER,
                SpoolSettings.DEFAULTS.withRotation(rotationBytes, Duration.ofHours(1)), InstantSource.system());
    }

    static SpoolUploader uploader(EventSpool spool, Path folder, boolean gzip, ExecutorService workers) {
        ObjectStore store = new DirectoryObjectStore(folder.resolve("store"));
        StorageLayout layout = StorageLayout.clusterHistory("");
        return new SpoolUploader(spool, store, layout, session -> new EventObject(spool, store, layout, session, gzip, UploadMetrics.NONE),
                CLUSTER, UploadSettings.DEFAULTS.withGzip(gzip).withInterval(Duration.ofMillis(20)), workers, UploadMetrics.NONE);
    }

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[1]);
        if (args[0].equals("post")) {
            post(folder, Long.parseLong(args[2]));
        } else {
            large(folder);
        }
    }

    private static void post(Path folder, long seed) throws InterruptedException {
        Random random = new Random(seed);
        ExecutorService workers = Executors.newFixedThreadPool(POSTERS + 2);
        EventSpool spool = spool(folder, 40_000);
        SpoolUploader uploader = uploader(spool, folder, (seed & 1) == 0, workers);
        for (int poster = 0; poster < POSTERS; poster++) {
            String name = seed + "-" + poster;
            Random own = new Random(random.nextLong());
            workers.execute(() -> {
                for (int n = 0; ; n++) {
                    try {
                        postBatch(spool, name + "-" + n, own);
                    } catch (HistoryException refused) {
                        // A disk that is slow for a while refuses, which acknowledges nothing; posters go on.
                    }
                }
            });
        }
        int ticksUntilNode = random.nextInt(15);
        for (int tick = 0; ; tick++) {
            if (tick == ticksUntilNode) {
                spool.nodeIs("", "n" + seed % 3);
            }
            uploader.pass();
            spool.tick();
            Thread.sleep(10);
        }
    }

    private static void postBatch(EventSpool spool, String name, Random random) {
        int lines = 1 + random.nextInt(30);
        try (Batch batch = spool.begin()) {
            for (int i = 0; i < lines; i++) {
                byte[] line = ("{" + name + "/" + i + " " + "x".repeat(random.nextInt(400)) + "}").getBytes(StandardCharsets.UTF_8);
                batch.append(new Category("session_1", random.nextBoolean() ? "" : "0" + random.nextInt(4)), line, 0, line.length);
            }
            batch.commit();
        }
        System.out.println(name + " " + lines);
    }

    private static void large(Path folder) throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(4);
        EventSpool spool = spool(folder, 64 << 20);
        byte[] line = "{\"x\":\"0123456789abcdef\"}".repeat(40).getBytes(StandardCharsets.UTF_8);
        for (int poster = 0; poster < 4; poster++) {
            workers.execute(() -> {
                try (Batch batch = spool.begin()) {
                    for (int i = 0; i < 40_000; i++) {
                        batch.append(new Category("session_1", ""), line, 0, line.length);
                    }
                    batch.commit();
                }
                System.out.println("committed");
            });
        }
        while (spool.unsentBytes() < 4L * 40_000 * (line.length + 1)) {
            Thread.sleep(10);
        }
        spool.nodeIs("", "n1");
        long left = uploader(spool, folder, true, workers).finish(Duration.ofMinutes(1));
        spool.close();
        System.out.println(left == 0 && spool.usage().files() == 0 ? "all sent" : left + " bytes left");
        workers.shutdownNow();
    }
}
