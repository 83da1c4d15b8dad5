package io.rayhistory.application.port;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Small local files of lines, one per session and node. Appended lines survive the death of this process, not that of the
 * machine. All failures are UNAVAILABLE. Safe for threads that use different files; one file is for one thread at a time.
 */
public interface JournalFolder {

    /** What writes the new content of a file. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** The nodes of which there is a file, in any order. */
    List<String> nodes(String session);

    /** Lends the file's bytes; does nothing if there is none. */
    void read(String session, String nodeId, Consumer<InputStream> reader);

    /** Adds to the end, making the file if need be. @return how many bytes the file has now */
    long append(String session, String nodeId, byte[] bytes);

    /** Replaces the file in one step. @return how many bytes it has now */
    long replace(String session, String nodeId, Content content);
}
