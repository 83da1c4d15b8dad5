package io.rayhistory.bootstrap;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The one place that configures logging: a line per record on standard error, libraries only when they warn. */
final class Logging {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** Held here because java.util.logging keeps its loggers weakly and would forget their levels. */
    private static final List<Logger> LOUD_LIBRARIES = List.of(Logger.getLogger("org.eclipse.jetty"), Logger.getLogger("io.javalin"));
    /** A start that fails is told by the command itself, in one sentence. */
    private static final Logger JAVALIN = Logger.getLogger("io.javalin.Javalin");
    private static final String FAILED_START = "Failed to start Javalin";
    /** Their failures reach us as exceptions, and are told in our words; they would tell each try with its stack trace. */
    private static final List<Logger> TALKATIVE_LIBRARIES = List.of(Logger.getLogger("com.azure"), Logger.getLogger("com.microsoft.aad"),
            Logger.getLogger("reactor"), Logger.getLogger("io.fabric8"));
    private static final Logger OURS = Logger.getLogger("io.rayhistory");

    private Logging() {
    }

    static void configure(boolean debug) {
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        Handler console = new ConsoleHandler();
        console.setLevel(Level.ALL);
        console.setFormatter(new OneLine(debug));
        root.addHandler(console);
        root.setLevel(Level.INFO);
        OURS.setLevel(debug ? Level.FINE : Level.INFO);
        LOUD_LIBRARIES.forEach(library -> library.setLevel(Level.WARNING));
        TALKATIVE_LIBRARIES.forEach(library -> library.setLevel(debug ? Level.WARNING : Level.OFF));
        JAVALIN.setFilter(record -> debug || !FAILED_START.equals(record.getMessage()));
    }

    /** Time, level, short logger name, message. Stack traces only for errors, or everywhere with --debug. */
    static final class OneLine extends Formatter {
        private final boolean debug;

        OneLine(boolean debug) {
            this.debug = debug;
        }

        @Override
        public String format(LogRecord record) {
            String name = record.getLoggerName() == null ? "" : record.getLoggerName();
            StringBuilder line = new StringBuilder(120)
                    .append(TIME.format(record.getInstant())).append(' ')
                    .append(record.getLevel().getName()).append(' ')
                    .append(name.substring(name.lastIndexOf('.') + 1)).append(": ")
                    .append(oneLine(formatMessage(record)));
            Throwable thrown = record.getThrown();
            if (thrown != null && (debug || record.getLevel().intValue() >= Level.SEVERE.intValue())) {
                StringWriter trace = new StringWriter();
                thrown.printStackTrace(new PrintWriter(trace));
                return line.append(System.lineSeparator()).append(trace).toString();
            }
            if (thrown != null) {
                line.append(" (").append(oneLine(thrown.toString())).append(')');
            }
            return line.append(System.lineSeparator()).toString();
        }

        /** Log text may quote what a client or a stored file said; it must not be able to forge a line. */
        private static String oneLine(String text) {
            StringBuilder clean = new StringBuilder(text.length());
            text.codePoints().forEach(c -> clean.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
            return clean.toString();
        }
    }
}
