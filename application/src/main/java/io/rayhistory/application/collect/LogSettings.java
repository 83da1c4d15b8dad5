package io.rayhistory.application.collect;

import java.time.Duration;

/**
 * How eagerly logs are sent, and what that may cost.
 *
 * @param scanInterval   between two looks at the log folder while files grow or wait to be sent
 * @param idleInterval   the same while nothing grows. Not more than 4 s with the usual upload interval: a byte must be
 *                       in the store within 10 s
 * @param uploadInterval longest wait of a byte that was seen
 * @param uploadBytes    growth that is not waited for
 * @param wholeBytes     up to this size a file is sent as a whole, above only what is new
 * @param replaceBytes   up to this size the object of a rewritten file is replaced, above it is archived
 * @param partBytes      most that one request sends of a large file
 * @param openFiles      most files held open
 * @param whole          whether a file is sent only when it has its final length: after a rotation, and at the end
 * @param uploads        most uploads at once; each holds one whole file of up to {@code wholeBytes}
 */
record LogSettings(Duration scanInterval, Duration idleInterval, Duration uploadInterval, long uploadBytes, int wholeBytes,
                   long replaceBytes, long partBytes, boolean whole, int openFiles, int uploads) {

    /** For a store where objects may grow. */
    LogSettings(Duration scanInterval, Duration idleInterval, Duration uploadInterval, long uploadBytes, int wholeBytes, long replaceBytes,
                long partBytes, int openFiles, int uploads) {
        this(scanInterval, idleInterval, uploadInterval, uploadBytes, wholeBytes, replaceBytes, partBytes, false, openFiles, uploads);
    }

    /** Four uploads with 4 MiB here and as much again in the store's adapter: 32 MiB of buffers in all. */
    static LogSettings usual() {
        return new LogSettings(Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ofSeconds(5), 256 << 10, 4 << 20,
                1 << 20, 64 << 20, 512, 4);
    }

    LogSettings withIntervals(Duration scan, Duration upload) {
        Duration idle = scan.compareTo(idleInterval) > 0 ? scan : idleInterval;
        return new LogSettings(scan, idle, upload, uploadBytes, wholeBytes, replaceBytes, partBytes, whole, openFiles, uploads);
    }

    /** The same for a store where nothing can be changed: each object is written once, by one request to the store. */
    LogSettings writtenOnce() {
        return new LogSettings(scanInterval, idleInterval, uploadInterval, Long.MAX_VALUE, wholeBytes, replaceBytes, Long.MAX_VALUE, true,
                openFiles, uploads);
    }
}
