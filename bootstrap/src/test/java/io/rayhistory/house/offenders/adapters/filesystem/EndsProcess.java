package io.rayhistory.house.offenders.adapters.filesystem;

/** Planted: only bootstrap decides when the process ends. */
final class EndsProcess {
    void end() {
        System.exit(1);
    }
}
