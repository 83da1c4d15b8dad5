package io.rayhistory.domain.history;

/** A span while replay folds it: its texts are numbers in {@link TaskFacts#texts()}. */
record PackedSpan(int name, long startNs, long endNs, int extra) {
}
