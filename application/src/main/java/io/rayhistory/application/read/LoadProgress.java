package io.rayhistory.application.read;

/**
 * How far a running load is. Everything is 0 while the store is still being listed; what logs and stored answers add at
 * the end is not counted.
 *
 * @param filesRead event files whose end was read
 * @param files     event files of the session
 * @param bytesRead of the event files, as stored
 * @param bytes     of the event files, as stored
 * @param events    events found so far
 */
public record LoadProgress(int filesRead, int files, long bytesRead, long bytes, long events) {
}
