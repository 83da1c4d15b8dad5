package io.rayhistory.application.collect;

/**
 * What the intake did since it was made.
 *
 * @param posts      answered with a receipt
 * @param accepted   events kept
 * @param rejected   events put into quarantine
 * @param duplicates events that were kept before already
 * @param untimed    of the accepted ones, those without a timestamp
 * @param bytes      of the accepted events, as kept
 * @param invalid    posts refused because they are no JSON or end early, broken connections included
 * @param tooLarge   posts refused for their size
 * @param refused    posts refused for now: to be sent again
 */
public record IntakeCounts(long posts, long accepted, long rejected, long duplicates, long untimed, long bytes, long invalid,
                           long tooLarge, long refused) {
}
