package io.rayhistory.adapters.http.api;

/**
 * Where a resource announces what it answers. Paths are relative to a session's base, start with {@code /} and may hold
 * {@code {name}} for one segment; a trailing slash is optional for clients. HEAD comes with every GET; other methods
 * are refused by the server.
 */
public interface SessionRoutes {

    void get(String path, ErrorStyle style, SessionHandler handler);

    /** Answers {@code writeMethods} (upper case) of a path that would change a running cluster: 405, as JSON, with the reason. */
    void readOnly(String path, String... writeMethods);

    /** Accepts a WebSocket and streams something to it. */
    void stream(String path, SessionStream stream);
}
