package io.rayhistory.application.collect;

import java.util.function.BooleanSupplier;

/** Says once when shipping logs begins to fail, and once when it works again: a line per change, not per file. Thread-safe. */
final class LogTrouble {
    private static final System.Logger LOG = System.getLogger(LogCollection.class.getName());

    private volatile boolean failing;
    private volatile String unreadable = "";

    /** @param why the folder could not be looked at, {@code ""} when it could */
    void looked(String why) {
        if (!why.isEmpty() && !why.equals(unreadable)) {
            LOG.log(System.Logger.Level.WARNING, "Logs cannot be looked for: {0}", why);
        }
        unreadable = why;
    }

    void sending(String path, String why) {
        if (!failing) {
            failing = true;
            LOG.log(System.Logger.Level.WARNING, "Logs cannot be sent for now, first {0}: {1}", path, why);
        }
    }

    /** @param allWell asked only while something failed before */
    void recoveredIf(BooleanSupplier allWell) {
        if (failing && allWell.getAsBoolean()) {
            failing = false;
            LOG.log(System.Logger.Level.INFO, "Logs are sent again.");
        }
    }
}
