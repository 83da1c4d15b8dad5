package io.rayhistory.house.offenders.elsewhere;

/** Planted: a package that is no layer. */
public final class Homeless {
}
