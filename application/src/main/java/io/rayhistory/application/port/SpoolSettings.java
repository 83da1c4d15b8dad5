package io.rayhistory.application.port;

import io.rayhistory.domain.HistoryException;

import java.time.Duration;

/**
 * How an {@link EventSpool} behaves.
 *
 * @param maxUnsentBytes     unsent bytes from which on {@code overflow} applies
 * @param rotationBytes      an active file this long is sealed
 * @param rotationAge        an active file opened this long ago is sealed
 * @param maxQuarantineBytes of rejected events; older ones are dropped
 * @param maxOpenFiles       files held open at once, least recently written closed first
 * @param maxActiveFiles     files that may grow, least recently written sealed first
 */
public record SpoolSettings(long maxUnsentBytes, Overflow overflow, Fsync fsync, long rotationBytes, Duration rotationAge,
                            long maxQuarantineBytes, int maxOpenFiles, int maxActiveFiles) {

    /** 1 GiB, reject, force every second, 64 MiB or an hour, 16 MiB of rejected events, 64 files open, 1024 active. */
    public static final SpoolSettings DEFAULTS = new SpoolSettings(1L << 30, Overflow.REJECT, Fsync.INTERVAL, 64L << 20,
            Duration.ofHours(1), 16L << 20, 64, 1024);

    /** What happens to a batch when the unsent bytes have reached their limit. */
    public enum Overflow {
        /** It is refused; Ray keeps it and sends it again. */
        REJECT,
        /** The oldest file is given up for it. */
        DROP_OLDEST
    }

    /** When committed lines are forced to the disk. A killed process loses none in any case, a machine without power may. */
    public enum Fsync {
        /** With {@link EventSpool#tick}, and when a file is sealed. */
        INTERVAL,
        /** Before a commit returns. */
        ALWAYS,
        /** Whenever the operating system likes. */
        NEVER
    }

    public SpoolSettings {
        requirePositive("spool limit", maxUnsentBytes);
        requirePositive("rotation size", rotationBytes);
        if (rotationAge.isNegative() || rotationAge.isZero()) {
            throw HistoryException.invalid("event spool: rotation interval " + rotationAge + " is not allowed; expected more than 0");
        }
        requirePositive("quarantine limit", maxQuarantineBytes);
        requirePositive("number of open files", maxOpenFiles);
        requirePositive("number of active files", maxActiveFiles);
    }

    private static void requirePositive(String what, long value) {
        if (value <= 0) {
            throw HistoryException.invalid("event spool: " + what + " " + value + " is not allowed; expected more than 0");
        }
    }

    /** The same with another limit and another way to deal with it. */
    public SpoolSettings withLimit(long bytes, Overflow policy) {
        return new SpoolSettings(bytes, policy, fsync, rotationBytes, rotationAge, maxQuarantineBytes, maxOpenFiles,
                maxActiveFiles);
    }

    /** The same with other bounds for one file. */
    public SpoolSettings withRotation(long bytes, Duration age) {
        return new SpoolSettings(maxUnsentBytes, overflow, fsync, bytes, age, maxQuarantineBytes, maxOpenFiles,
                maxActiveFiles);
    }

    /** The same with another fsync policy. */
    public SpoolSettings withFsync(Fsync policy) {
        return new SpoolSettings(maxUnsentBytes, overflow, policy, rotationBytes, rotationAge, maxQuarantineBytes,
                maxOpenFiles, maxActiveFiles);
    }
}
