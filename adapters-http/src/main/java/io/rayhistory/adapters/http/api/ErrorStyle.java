package io.rayhistory.adapters.http.api;

/** The form in which the clients of an endpoint can read an error. */
public enum ErrorStyle {
    /** {@code {"result": false, "msg": …, "data": {}}}: dashboard modules. */
    REST,
    /** {@code {"result": false, "msg": …, "data": {"result": null}}}: Ray's state client parses every error as this. */
    STATE,
    /** {@code text/plain}: jobs, log files, probes. */
    TEXT,
    /** An HTML page for people. */
    PAGE,
    /** {@code {"status": …, "title": …, "kind": …, "detail": …}} (RFC 9457): the API of our own pages, and scripts. */
    PROBLEM
}
