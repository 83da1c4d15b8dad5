package io.rayhistory.house.offenders.application.read;

/** Planted: settings come from bootstrap. */
final class ReadsEnvironment {
    String read() {
        return System.getenv("HOME");
    }
}
