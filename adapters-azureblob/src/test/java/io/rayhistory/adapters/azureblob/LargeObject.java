package io.rayhistory.adapters.azureblob;

import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Clock;
import java.util.zip.CRC32;

/** A program that sends a large object up and down again, to be run with a small heap: CONNECTION CONTAINER MEBIBYTES. */
final class LargeObject {
    private static final long MIB = 1 << 20;

    private LargeObject() {
    }

    public static void main(String[] args) throws IOException {
        long length = Long.parseLong(args[2]) * MIB;
        Noise sent = new Noise(length);
        try (ObjectStore store = new AzureBlobObjectStore(Stores.settings(args[0], args[1], TimeBudgets.reader(), true), Clock.systemUTC())) {
            long start = System.nanoTime();
            ObjectInfo put = store.put("large", sent);
            long up = System.nanoTime();
            CRC32 received = new CRC32();
            long read = store.read("large", 0, ObjectStore.TO_END, put.etag(), (stream, object) -> {
                byte[] buffer = new byte[64 << 10];
                long count = 0;
                for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
                    received.update(buffer, 0, n);
                    count += n;
                }
                return count;
            }).orElseThrow();
            long down = System.nanoTime();
            long peak = ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP)
                    .mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
            boolean same = read == length && received.getValue() == sent.sum.getValue();
            store.delete("large");
            System.out.printf("%d MiB: %s; up %.1f s, down %.1f s; peak heap %.1f MiB of %d MiB%n", length / MIB, same ? "same" : "DIFFERENT",
                    (up - start) / 1e9, (down - up) / 1e9, (double) peak / MIB, Runtime.getRuntime().maxMemory() / MIB);
            System.exit(same ? 0 : 1);
        }
    }

    /** Bytes that are cheap to make and differ from block to block. */
    private static final class Noise extends InputStream {
        private final CRC32 sum = new CRC32();
        private long left;
        private int state = 1;

        Noise(long length) {
            left = length;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
        }

        @Override
        public int read(byte[] target, int from, int length) {
            if (left == 0) {
                return -1;
            }
            int count = (int) Math.min(length, left);
            for (int i = from; i < from + count; i++) {
                state = state * 1_664_525 + 1_013_904_223;
                target[i] = (byte) (state >>> 24);
            }
            sum.update(target, from, count);
            left -= count;
            return count;
        }
    }
}
