package io.rayhistory.adapters.http;

import java.util.Optional;

/** The pages for people, wherever they come from. Thread-safe, and quick: everything is in memory. */
public interface Pages {

    /**
     * One file as it is sent.
     *
     * @param type  media type with charset
     * @param bytes plain
     * @param gzip  compressed
     */
    record File(String type, byte[] bytes, byte[] gzip) {
    }

    /**
     * The HTML of any page's address.
     *
     * @param depth folders between the server's root and the address
     */
    String page(int depth);

    /** The Content-Security-Policy to send with it. */
    String policy();

    /**
     * A file that the page asks for, by its path below {@code /assets/}. It never changes: another content has another path.
     *
     * @return empty for every other path
     */
    Optional<File> asset(String path);
}
