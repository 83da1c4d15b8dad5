package io.rayhistory.adapters.filesystem;

import io.rayhistory.application.collect.LogShippingContract;
import io.rayhistory.application.collect.LogSource;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;

final class DirectoryLogShippingTest extends LogShippingContract {
    private static final String SESSION = "session_2026-11-22_20-21-16_964865_19675";

    @TempDir
    private Path folder;

    @Override
    protected World world(long seed) throws IOException {
        Path world = Files.createTempDirectory(folder, "world-" + seed + "-");
        Path store = Files.createDirectory(world.resolve("store"));
        Path ray = world.resolve("ray");
        return new World(new DirectoryRayFolder(ray), new Disk(ray.resolve(SESSION).resolve("logs")),
                new FileJournals(world.resolve("journal")), new DirectoryObjectStore(store));
    }

    @Override
    protected int histories() {
        return 12;
    }

    /** Real files. Two changes within a tick of the clock would look like one, so the times are made. */
    private static final class Disk implements LogSource {
        private final Path logs;
        private long ticks = 1_700_000_000_000L;

        Disk(Path logs) {
            this.logs = logs;
        }

        @Override
        public void append(String path, byte[] bytes) {
            write(path, bytes, StandardOpenOption.APPEND, StandardOpenOption.CREATE);
        }

        @Override
        public void rewrite(String path, byte[] bytes) {
            write(path, bytes, StandardOpenOption.TRUNCATE_EXISTING);
        }

        private void write(String path, byte[] bytes, StandardOpenOption... options) {
            done(() -> {
                Files.createDirectories(logs.resolve(path).getParent());
                Files.write(logs.resolve(path), bytes, options);
                Files.setLastModifiedTime(logs.resolve(path), FileTime.from(ticks++, TimeUnit.MILLISECONDS));
            });
        }

        @Override
        public void rename(String from, String to) {
            done(() -> {
                Files.createDirectories(logs.resolve(to).getParent());
                Files.move(logs.resolve(from), logs.resolve(to), StandardCopyOption.ATOMIC_MOVE);
            });
        }

        @Override
        public void delete(String path) {
            done(() -> Files.delete(logs.resolve(path)));
        }

        @FunctionalInterface
        private interface Change {
            void make() throws IOException;
        }

        private static void done(Change change) {
            try {
                change.make();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
