package io.rayhistory.domain.failure;

import java.util.List;

/**
 * An error's text, taken apart: every line of it is in exactly one part, so that all parts' lines in order are the text
 * again. Colour codes are gone already.
 *
 * @param cut whether the text was longer than {@link #LONGEST} and its end is missing
 */
public record Traceback(List<Part> parts, boolean cut) {
    /** Characters that are looked at; more is no traceback but a dump. */
    public static final int LONGEST = 64 * 1024;

    /** What a part is: prose, one stack frame with its source lines, an exception and its message, or the words between two. */
    public enum Kind { TEXT, FRAME, EXCEPTION, CHAIN }

    /**
     * @param own            of a frame: code of whoever wrote the job, not of Ray, a library or Python
     * @param file           of a frame, as recorded
     * @param line           of a frame, 0 when not told
     * @param function       of a frame
     * @param exceptionClass of an exception, as printed
     * @param message        of an exception, its first line
     */
    public record Part(Kind kind, boolean own, String file, int line, String function, String exceptionClass,
                       String message, List<String> lines) {

        /** The last part of {@link #file}. */
        public String shortFile() {
            return file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
        }
    }

    public Traceback {
        parts = List.copyOf(parts);
    }

    /** Takes any text apart, in one pass. */
    public static Traceback parse(String text) {
        boolean cut = text.length() > LONGEST;
        return new Traceback(new TracebackParser().parse(cut ? text.substring(0, LONGEST) : text), cut);
    }
}
