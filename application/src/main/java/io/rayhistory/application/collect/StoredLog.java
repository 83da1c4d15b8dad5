package io.rayhistory.application.collect;

import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.application.port.RayFolder.OpenLog;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * How a stored object and a file relate, whoever wrote the object.
 *
 * @param relation what was found
 * @param object   as it is stored; {@code null} only if it is {@link Relation#ABSENT}
 */
record StoredLog(Relation relation, ObjectInfo object) {
    /** Up to this size all is compared, above only the edges: reading half a GiB back for a lost answer is no good. */
    private static final long COMPARED_WHOLE = 4 << 20;
    private static final int EDGE = 64 << 10;

    /** What there is. */
    enum Relation {
        ABSENT,
        /** The object holds what the file begins with, or all of it. */
        BEGINNING,
        /** The object holds all of the file and goes on. */
        MORE,
        /** They differ. */
        OTHER
    }

    /** @param size of the file, as far as it counts */
    static StoredLog compare(ObjectStore store, String name, OpenLog file, long size) throws IOException {
        Optional<ObjectInfo> object = store.find(name);
        if (object.isEmpty()) {
            return new StoredLog(Relation.ABSENT, null);
        }
        long both = Math.min(object.get().length(), size);
        boolean same = both <= COMPARED_WHOLE ? same(store, object.get(), file, 0, both)
                : same(store, object.get(), file, 0, EDGE) && same(store, object.get(), file, both - EDGE, EDGE);
        Relation relation = !same ? Relation.OTHER : object.get().length() > size ? Relation.MORE : Relation.BEGINNING;
        return new StoredLog(relation, object.get());
    }

    private static boolean same(ObjectStore store, ObjectInfo object, OpenLog file, long from, long length) {
        return store.read(object.name(), from, length, object.etag(), (stream, info) -> same(stream, file, from, length))
                .orElse(false);
    }

    private static boolean same(InputStream stream, OpenLog file, long from, long length) throws IOException {
        byte[] stored = new byte[(int) Math.min(EDGE, length)];
        for (long done = 0; done < length;) {
            int step = stream.readNBytes(stored, 0, (int) Math.min(stored.length, length - done));
            if (step == 0) {
                throw new IOException("the object ended early");
            }
            if (!Arrays.equals(stored, 0, step, Fingerprint.read(file, from + done, step), 0, step)) {
                return false;
            }
            done += step;
        }
        return true;
    }
}
