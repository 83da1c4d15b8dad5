/**
 * The Ray Dashboard's resources, one class each, answered from a stored session. Nothing here knows where sessions are
 * stored or how a request names one.
 */
package io.rayhistory.adapters.http.api;
