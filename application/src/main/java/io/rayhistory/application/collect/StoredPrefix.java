package io.rayhistory.application.collect;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * How an object's content and a spool file's relate. Whoever may have written the object: what it holds decides.
 *
 * @param relation what was found
 * @param bytes    of the file that the object holds
 */
record StoredPrefix(Relation relation, long bytes) {
    private static final int BUFFER = 64 << 10;

    /** Kinds of results. */
    enum Relation {
        /** The object holds the file's beginning, or all of it. */
        BEGINNING,
        /** The object holds the whole file and more. */
        MORE,
        /** They differ. */
        OTHER,
        /** There is no file any more, or no object. */
        GONE
    }

    static final StoredPrefix GONE = new StoredPrefix(Relation.GONE, 0);
    private static final StoredPrefix OTHER = new StoredPrefix(Relation.OTHER, 0);

    /**
     * @param length of the object
     * @throws IOException if one of them cannot be read to the end
     */
    static StoredPrefix compare(InputStream object, long length, boolean gzip, InputStream file) throws IOException {
        Counted counted = new Counted(object);
        if (!gzip || length == 0) {
            return compare(counted, file);
        }
        try (GZIPInputStream lines = new GZIPInputStream(counted, BUFFER)) {
            StoredPrefix found = compare(lines, file);
            // The JDK takes a failure between two members for the end of the last one.
            if (found.relation == Relation.BEGINNING && counted.count < length) {
                throw new IOException("only " + counted.count + " of " + length + " bytes could be unpacked");
            }
            return found;
        } catch (ZipException | EOFException damaged) {
            return OTHER;
        }
    }

    private static StoredPrefix compare(InputStream object, InputStream file) throws IOException {
        byte[] stored = new byte[BUFFER];
        byte[] ours = new byte[BUFFER];
        for (long same = 0; ; same += BUFFER) {
            int there = object.readNBytes(stored, 0, BUFFER);
            int here = file.readNBytes(ours, 0, BUFFER);
            int both = Math.min(there, here);
            if (!Arrays.equals(stored, 0, both, ours, 0, both)) {
                return OTHER;
            }
            if (there > here) {
                return new StoredPrefix(Relation.MORE, same + here);
            }
            if (there < BUFFER) {
                return new StoredPrefix(Relation.BEGINNING, same + there);
            }
        }
    }

    /** Counts, and always claims to have more: else the JDK's unpacker may stop after a member although others follow. */
    private static final class Counted extends FilterInputStream {
        private long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = in.read();
            count += read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = in.read(buffer, offset, length);
            count += Math.max(0, read);
            return read;
        }

        @Override
        public int available() {
            return 1;
        }
    }
}
