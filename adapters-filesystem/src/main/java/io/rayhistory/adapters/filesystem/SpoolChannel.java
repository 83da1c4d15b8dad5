package io.rayhistory.adapters.filesystem;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** Where a spool file's bytes go. An interface, so that a test can be a disk that fails at a chosen byte. */
interface SpoolChannel extends Closeable {

    /** Opens a file that may or may not be there, for writing. */
    @FunctionalInterface
    interface Opener {
        SpoolChannel open(Path path) throws IOException;
    }

    /** Writes all the bytes, or throws with some of them written. */
    void write(byte[] bytes, int offset, int length, long position) throws IOException;

    void truncate(long length) throws IOException;

    /** Forces the content to the disk; safe beside writes. */
    void force() throws IOException;

    /** The real disk. Not a FileChannel: the interrupt of one thread would close that for all. */
    static SpoolChannel disk(Path path) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        return new SpoolChannel() {
            @Override
            public void write(byte[] bytes, int offset, int length, long position) throws IOException {
                file.seek(position);
                file.write(bytes, offset, length);
            }

            @Override
            public void truncate(long length) throws IOException {
                file.setLength(length);
            }

            @Override
            public void force() throws IOException {
                file.getFD().sync();
            }

            @Override
            public void close() throws IOException {
                file.close();
            }
        };
    }
}
