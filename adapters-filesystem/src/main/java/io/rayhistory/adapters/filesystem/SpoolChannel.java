package io.rayhistory.adapters.filesystem;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a spool file's bytes go. An interface, so that a test can be a disk that fails at a chosen byte. */
interface SpoolChannel extends Closeable {

    /** The disk the files lie on. */
    @FunctionalInterface
    interface Opener {
        /** Opens a file that may or may not be there, for writing. */
        SpoolChannel open(Path path) throws IOException;

        /** Bytes that can still be written below a folder. */
        default long free(Path folder) throws IOException {
            return Files.getFileStore(folder).getUsableSpace();
        }
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
