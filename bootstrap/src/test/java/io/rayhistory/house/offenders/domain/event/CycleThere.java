package io.rayhistory.house.offenders.domain.event;

import io.rayhistory.house.offenders.domain.id.CycleHere;

/** Planted: the other half of a cycle. */
public final class CycleThere {
    CycleHere other;
}
