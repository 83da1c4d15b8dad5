package io.rayhistory.adapters.http.history;

import io.javalin.http.HttpResponseException;

/** As many requests as the limits allow are being answered. */
final class Busy extends HttpResponseException {
    private static final long serialVersionUID = 1;

    Busy() {
        super(429, "too many requests are being answered right now; ask again in a moment");
    }
}
