package io.rayhistory.application.collect;

/** What a test does to log files, as Ray would. Every change has a later modification time than the one before. */
public interface LogSource {
    /** Appends, making the file if need be. */
    void append(String path, byte[] bytes);

    /** Truncates the file and writes it anew. */
    void rewrite(String path, byte[] bytes);

    void rename(String from, String to);

    void delete(String path);
}
