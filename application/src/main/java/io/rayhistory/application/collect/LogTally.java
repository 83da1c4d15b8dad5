package io.rayhistory.application.collect;

import java.util.concurrent.atomic.LongAdder;

/** Counts what happened to logs since the process began. Thread-safe. */
final class LogTally {
    final LongAdder sentBytes = new LongAdder();
    final LongAdder uploads = new LongAdder();
    final LongAdder failures = new LongAdder();
    final LongAdder archived = new LongAdder();
    final LongAdder adopted = new LongAdder();
    final LongAdder lostBytes = new LongAdder();
}
