package io.rayhistory.domain.history;

/** How sure a row's last state is. */
public enum Provenance {
    /** Ray reported it. */
    RECORDED,
    /** Concluded from other events, as a living cluster would have. */
    INFERRED,
    /** Still open when the record of the session ends; the last recorded state is shown. */
    UNFINISHED
}
