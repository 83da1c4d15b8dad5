package io.rayhistory.domain.failure;

/** How a whole session went, in one word, worst first. */
public enum Outcome {
    /** At least one cause of failure that no retry made good. */
    FAILED,
    /** Attempts failed, and all of their tasks finished in the end. */
    RECOVERED,
    /** Nothing failed, but the record stops while something was still running. */
    OPEN,
    /** Everything that was recorded succeeded. */
    SUCCEEDED
}
