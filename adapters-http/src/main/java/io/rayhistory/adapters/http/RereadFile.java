package io.rayhistory.adapters.http;

import io.rayhistory.domain.HistoryException;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * What a small file says, which may change while we run: looked at again when it is asked for, at most once a second. A
 * change that cannot be read or understood leaves what was known. Thread-safe.
 */
final class RereadFile<T> {
    private static final System.Logger LOG = System.getLogger(RereadFile.class.getName());
    private static final long REREAD_NS = 1_000_000_000L;

    private final Path file;
    private final Function<String, T> parse;
    private String text;
    private T value;
    private long read;

    /**
     * @param what  what the file holds, for people
     * @param parse throws INVALID for a text of another form
     * @throws HistoryException INVALID for a file that cannot be read or has another form
     */
    RereadFile(Path file, String what, Function<String, T> parse) {
        this.file = file;
        this.parse = parse;
        try {
            this.text = Files.readString(file);
        } catch (IOException e) {
            throw new HistoryException(HistoryException.Kind.INVALID, "the file of " + what + " " + file + " cannot be read", e);
        }
        this.value = parse.apply(text);
        this.read = System.nanoTime();
    }

    synchronized T now() {
        if (System.nanoTime() - read > REREAD_NS) {
            read = System.nanoTime();
            try {
                String found = Files.readString(file);
                if (!found.equals(text)) {
                    text = found;
                    value = parse.apply(found);
                    LOG.log(Level.INFO, "read " + file + " again");
                }
            } catch (IOException | HistoryException e) {
                LOG.log(Level.WARNING, "what was known of " + file + " before still counts: " + e.getMessage());
            }
        }
        return value;
    }
}
