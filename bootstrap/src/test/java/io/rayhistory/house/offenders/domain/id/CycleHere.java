package io.rayhistory.house.offenders.domain.id;

import io.rayhistory.house.offenders.domain.event.CycleThere;

/** Planted: one half of a cycle. */
public final class CycleHere {
    CycleThere other;
}
