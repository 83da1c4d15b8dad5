package io.rayhistory.house.offenders.domain.history;

/** Planted: a name that says nothing. */
final class TaskManager {
}
