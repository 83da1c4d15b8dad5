package io.rayhistory.application.read;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.LongAdder;

/** Counts what one load has read so far. The loading threads fill it, anybody may look. */
final class LoadMeter {
    private final LongAdder filesRead = new LongAdder();
    private final LongAdder bytesRead = new LongAdder();
    private final LongAdder events = new LongAdder();
    private volatile int files;
    private volatile long bytes;

    /** Called once, when it is known what is going to be read. */
    void expect(int expectedFiles, long expectedBytes) {
        bytes = expectedBytes;
        files = expectedFiles;
    }

    void fileRead() {
        filesRead.increment();
    }

    void event() {
        events.increment();
    }

    /** The stream, counted as it is read. */
    InputStream counting(InputStream stream) {
        return new Counted(stream);
    }

    LoadProgress progress() {
        // Ranges overlap a little.
        return new LoadProgress(filesRead.intValue(), files, Math.min(bytes, bytesRead.sum()), bytes, events.sum());
    }

    private final class Counted extends FilterInputStream {
        Counted(InputStream stream) {
            super(stream);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            bytesRead.add(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, length);
            bytesRead.add(Math.max(read, 0));
            return read;
        }
    }
}
