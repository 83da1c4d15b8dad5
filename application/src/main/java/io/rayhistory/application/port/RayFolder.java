package io.rayhistory.application.port;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The log files below Ray's temp root. Ray writes, renames and deletes them all the time; nothing of Ray's own folders is
 * ever changed here. Only {@code prev-logs} and {@code persist-complete-logs} are ours to tidy: start commands of older
 * manifests move the logs of a dead session to the former, the latter records what was sent.
 *
 * <p>Absent is empty. A folder that is there and cannot be read is UNAVAILABLE, but an unreadable one further down only
 * hides what is in it. Thread-safe.
 */
public interface RayFolder {

    /** Whose logs lie in a folder, and in what state they are. */
    enum Place {
        /** {@code {session}/logs}: Ray's own. */
        SESSION,
        /** {@code prev-logs/{session}/{node}/logs}: to be sent and moved. */
        PREVIOUS,
        /** {@code persist-complete-logs/{session}/{node}/logs}: a record of what was sent. */
        COMPLETED
    }

    /**
     * A folder of logs.
     *
     * @param nodeId {@code ""} exactly for {@link Place#SESSION}
     */
    record LogFolder(Place place, String session, String nodeId) {
        public static LogFolder of(String session) {
            return new LogFolder(Place.SESSION, session, "");
        }

        public LogFolder completed() {
            return new LogFolder(Place.COMPLETED, session, nodeId);
        }
    }

    /**
     * A regular file as it was seen.
     *
     * @param path       below the {@code logs} folder, {@code /} as separator
     * @param fileId     device and inode: stays through renames, may be used again after a deletion
     * @param size       bytes
     * @param modifiedNs since the epoch, as fine as the file system tells
     */
    record LogFile(String path, String fileId, long size, long modifiedNs) {
    }

    /** A file held open: can be read to its end even after it was renamed or deleted. Thread-safe. */
    interface OpenLog extends Closeable {
        /** Bytes it has now. */
        long size() throws IOException;

        /** Reads at most {@code length} bytes from an offset of the file; -1 at the end. */
        int read(long offset, byte[] buffer, int from, int length) throws IOException;

        @Override
        void close();
    }

    /** All regular files of the folder and of those below it, in any order; symbolic links are not followed. */
    List<LogFile> logs(LogFolder folder);

    /** Opens what {@link #logs} saw; empty if another file, or none, has that path by now, or if it may not be read. */
    Optional<OpenLog> open(LogFolder folder, LogFile file);

    /** The {@link Place#PREVIOUS} folders there are. */
    List<LogFolder> previous();

    /** Moves a file of a {@link Place#PREVIOUS} folder to the same path of its {@link LogFolder#completed}. */
    void complete(LogFolder previous, String path);

    /** Removes a {@link Place#PREVIOUS} folder with all that is left in it. */
    void removePrevious(LogFolder previous);

    /**
     * Deletes what was completed before an instant, and then the oldest until at most so many bytes are left.
     *
     * @return bytes deleted
     */
    long pruneCompleted(long mostBytes, Instant before);
}
