/**
 * Replay: events in, an immutable {@link io.rayhistory.domain.history.SessionHistory} out. How it is packed is this
 * package's own affair. Times: {@code ...Ms} milliseconds, {@code ...Ns} nanoseconds since the epoch, 0 = none; text
 * that is unknown is {@code ""}.
 */
package io.rayhistory.domain.history;
