package io.rayhistory.bootstrap;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

final class LoggingTest {

    @Test
    void recordIsOneLineThatNoQuotedTextCanForge() {
        String line = new Logging.OneLine(false).format(record(Level.WARNING, "file 'a\nb\r\u001b[31m' is odd", new IllegalStateException("x\ny")));
        assertEquals("2026-11-22T20:21:16.964Z WARNING SessionLoader: file 'a b  [31m' is odd (java.lang.IllegalStateException: x y)", line.strip());
        assertEquals(1, line.lines().count());
    }

    @Test
    void errorsShowTheirStackAndDebugShowsAll() {
        IllegalStateException failure = new IllegalStateException("x");
        assertTrue(new Logging.OneLine(false).format(record(Level.SEVERE, "m", failure)).contains("\tat "));
        assertTrue(new Logging.OneLine(true).format(record(Level.INFO, "m", failure)).contains("\tat "));
    }

    private static LogRecord record(Level level, String message, Throwable thrown) {
        LogRecord record = new LogRecord(level, message);
        record.setLoggerName("io.rayhistory.application.read.SessionLoader");
        record.setInstant(Instant.parse("2026-11-22T20:21:16.964Z"));
        record.setThrown(thrown);
        return record;
    }
}
