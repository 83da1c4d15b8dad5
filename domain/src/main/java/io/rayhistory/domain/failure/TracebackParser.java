package io.rayhistory.domain.failure;

import io.rayhistory.domain.failure.Traceback.Kind;
import io.rayhistory.domain.failure.Traceback.Part;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads Python's tracebacks as Ray prints them, line by line. For one text, one thread. */
final class TracebackParser {
    private static final Pattern FRAME = Pattern.compile("\\s*+File \"([^\"]*+)\", line (\\d{1,9})(?:, in (.*))?");
    /** {@code Dotted.Name: text} or a bare name, at column 0; Ray prints {@code RayTaskError(ValueError)} too. */
    private static final Pattern EXCEPTION =
            Pattern.compile("((?:[A-Za-z_]\\w*+\\.)*+[A-Z_]\\w*+(?:\\([\\w.]++\\))?)(?:: ?(.*))?");
    private static final Pattern NAMED_LIKE_ONE =
            Pattern.compile(".*(?:Error|Exception|Exit|Interrupt|Warning|Timeout|Failure)(?:\\([\\w.]++\\))?");
    private static final List<String> LIBRARIES =
            List.of("site-packages", "dist-packages", "lib/python3", "_raylet.pyx", "<frozen");
    /** Words that Ray puts between two accounts of one failure (Ray: {@code src/ray/core_worker}, {@code exceptions.py}). */
    private static final List<String> HEADINGS =
            List.of("User exception:", "System error:", "Traceback (most recent call last)", "ray::");

    private static final String FRAME_BEGINS = "File \"";

    private final List<Part> parts = new ArrayList<>();
    private final Matcher frame = FRAME.matcher("");
    private final Matcher exception = EXCEPTION.matcher("");
    private List<String> lines = new ArrayList<>();
    private Part open = text();
    private boolean framed;

    List<Part> parse(String text) {
        int at = 0;
        while (at <= text.length()) {
            int end = text.indexOf('\n', at);
            end = end < 0 ? text.length() : end;
            line(text.substring(at, end));
            at = end + 1;
        }
        close();
        return parts;
    }

    private void line(String line) {
        int indent = indent(line);
        if (line.startsWith(FRAME_BEGINS, indent) && frame.reset(line).matches()) {
            begin(new Part(Kind.FRAME, isOwn(frame.group(1)), frame.group(1), Integer.parseInt(frame.group(2)),
                    frame.group(3) == null ? "" : frame.group(3).strip(), "", "", List.of()));
            framed = true;
        } else if (indent == line.length() || open.kind() == Kind.FRAME && indent > 0) {
            lines.add(line); // source, or the air between two parts
            return;
        } else if (isChain(line)) {
            begin(new Part(Kind.CHAIN, false, "", 0, "", "", "", List.of()));
            framed = false;
        } else if (HEADINGS.stream().anyMatch(line::startsWith)) {
            if (open.kind() != Kind.TEXT) {
                begin(text());
                framed = false;
            }
        } else {
            if (exception.reset(line).matches() && (framed || isLikely()) && open.kind() != Kind.EXCEPTION) {
                begin(new Part(Kind.EXCEPTION, false, "", 0, "", exception.group(1),
                        exception.group(2) == null ? "" : exception.group(2).strip(), List.of()));
                framed = false;
            } else if (open.kind() == Kind.FRAME || open.kind() == Kind.CHAIN) {
                begin(text());
            }
        }
        lines.add(line);
    }

    private static int indent(String line) {
        int at = 0;
        while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
            at++;
        }
        return at;
    }

    private boolean isLikely() {
        return exception.group(2) != null && NAMED_LIKE_ONE.matcher(exception.group(1)).matches();
    }

    private static boolean isChain(String line) {
        return line.startsWith("During handling of the above exception")
                || line.startsWith("The above exception was the direct cause");
    }

    private static boolean isOwn(String file) {
        String path = file.replace('\\', '/');
        return LIBRARIES.stream().noneMatch(path::contains);
    }

    private static Part text() {
        return new Part(Kind.TEXT, false, "", 0, "", "", "", List.of());
    }

    private void begin(Part next) {
        close();
        open = next;
    }

    private void close() {
        if (!lines.isEmpty()) {
            parts.add(new Part(open.kind(), open.own(), open.file(), open.line(), open.function(), open.exceptionClass(),
                    open.message(), List.copyOf(lines)));
        }
        lines = new ArrayList<>();
    }
}
