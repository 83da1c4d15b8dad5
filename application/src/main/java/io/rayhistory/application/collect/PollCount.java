package io.rayhistory.application.collect;

/**
 * How often an answer of the dashboard was asked for, and what came of it.
 *
 * @param endpoint  the request; those for the data sets of all jobs count as one
 * @param stored    put into the store
 * @param unchanged the same bytes as stored
 * @param empty     not worth storing
 * @param refused   answered with a status other than 200
 * @param failed    no complete answer, or the store did not take it
 */
public record PollCount(String endpoint, long stored, long unchanged, long empty, long refused, long failed) {

    static PollCount of(String endpoint, Outcome outcome) {
        return new PollCount(endpoint, outcome == Outcome.STORED ? 1 : 0, outcome == Outcome.UNCHANGED ? 1 : 0,
                outcome == Outcome.EMPTY ? 1 : 0, outcome == Outcome.REFUSED ? 1 : 0, outcome == Outcome.FAILED ? 1 : 0);
    }

    PollCount plus(PollCount more) {
        return new PollCount(endpoint, stored + more.stored, unchanged + more.unchanged, empty + more.empty,
                refused + more.refused, failed + more.failed);
    }

    enum Outcome { STORED, UNCHANGED, EMPTY, REFUSED, FAILED }
}
