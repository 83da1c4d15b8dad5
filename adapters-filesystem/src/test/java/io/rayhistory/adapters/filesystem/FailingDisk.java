package io.rayhistory.adapters.filesystem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** The real disk until a byte beyond {@code failAt} of any file is written, or beyond {@code capacity} of all of them. */
final class FailingDisk implements SpoolChannel.Opener {
    volatile long failAt = Long.MAX_VALUE;
    volatile long capacity = Long.MAX_VALUE;
    volatile boolean truncates = true;
    volatile CountDownLatch wait;
    volatile int forced;
    private int open;
    int mostOpen;

    private synchronized void opened(int change) {
        open += change;
        mostOpen = Math.max(mostOpen, open);
    }

    private synchronized void force() {
        forced++;
    }

    @Override
    public long free(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return capacity - files.filter(file -> file.toString().endsWith(".jsonl")).mapToLong(file -> file.toFile().length()).sum();
        }
    }

    @Override
    public SpoolChannel open(Path path) throws IOException {
        SpoolChannel real = SpoolChannel.disk(path);
        opened(1);
        return new SpoolChannel() {
            @Override
            public void write(byte[] bytes, int offset, int length, long position) throws IOException {
                CountDownLatch latch = wait;
                if (latch != null) {
                    try {
                        latch.await();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                }
                long room = Math.min(failAt - position, free(path.getParent().getParent()));
                real.write(bytes, offset, (int) Math.max(0, Math.min(length, room)), position);
                if (room < length) {
                    throw new IOException("No space left on device (a test's)");
                }
            }

            @Override
            public void truncate(long length) throws IOException {
                if (!truncates) {
                    throw new IOException("no truncation either (a test's)");
                }
                real.truncate(length);
            }

            @Override
            public void force() throws IOException {
                FailingDisk.this.force();
                real.force();
            }

            @Override
            public void close() throws IOException {
                opened(-1);
                real.close();
            }
        };
    }
}
