package io.rayhistory.application.read;

import io.rayhistory.application.port.ObjectInfo;

/**
 * What one thread reads of an event file at a time.
 *
 * @param from   first byte; a piece that begins the file finds out whether there can be others
 * @param length bytes, {@link Long#MAX_VALUE} to the end
 */
record FilePiece(ObjectInfo object, LoadTally.File file, long from, long length) {

    boolean first() {
        return from == 0;
    }

    boolean last() {
        return length == Long.MAX_VALUE;
    }
}
