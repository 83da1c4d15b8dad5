/**
 * The server: listening, choosing the session a request means, limits, errors, pages, metrics. What is answered for a
 * session lives in {@link io.rayhistory.adapters.http.api}.
 */
package io.rayhistory.adapters.http;
