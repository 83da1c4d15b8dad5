package io.rayhistory.adapters.http.history;

import io.javalin.http.Context;
import io.rayhistory.domain.HistoryException;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The parameters of one request: each with a limit, and with a message that names it and what was expected. */
final class Asked {
    static final int MOST_ROWS = 1_000;
    private static final int DEFAULT_ROWS = 100;
    private static final int LONGEST = 1_000;
    private static final int MOST_WORDS = 100;

    /** An order of rows. */
    record Sort(String field, boolean descending) {
    }

    private final Context ctx;

    Asked(Context ctx) {
        this.ctx = ctx;
    }

    /** {@code ""} when it was not sent. */
    String text(String name) {
        return text(name, LONGEST);
    }

    String text(String name, int longest) {
        String value = ctx.queryParam(name);
        if (value == null) {
            return "";
        }
        if (value.length() > longest) {
            throw HistoryException.invalid(name + " has " + value.length() + " characters: expected at most " + longest);
        }
        return value;
    }

    boolean given(String name) {
        return !text(name).isEmpty();
    }

    /** The parts between commas, blanks stripped; empty when it was not sent. */
    Set<String> words(String name) {
        Set<String> words = new LinkedHashSet<>();
        for (String word : text(name, LONGEST * 8).split(",")) {
            if (!word.isBlank()) {
                words.add(word.strip());
            }
        }
        if (words.size() > MOST_WORDS) {
            throw HistoryException.invalid(name + " has " + words.size() + " values: expected at most " + MOST_WORDS);
        }
        return words;
    }

    int whole(String name, int least, int most, int otherwise) {
        return (int) wholeLong(name, least, most, otherwise);
    }

    long wholeLong(String name, long least, long most, long otherwise) {
        String value = text(name);
        if (value.isEmpty()) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(value.strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw wrong(name, value, "a whole number from " + least + " to " + most);
    }

    boolean flag(String name) {
        String value = text(name).toLowerCase(Locale.ROOT);
        return switch (value) {
            case "", "0", "false" -> false;
            case "1", "true" -> true;
            default -> throw wrong(name, value, "1 or 0");
        };
    }

    /** One of the words. */
    String word(String name, String otherwise, String... allowed) {
        String value = text(name);
        if (value.isEmpty()) {
            return otherwise;
        }
        if (Arrays.asList(allowed).contains(value)) {
            return value;
        }
        throw wrong(name, value, "one of " + String.join(", ", allowed));
    }

    /** Milliseconds since the epoch, or an instant such as {@code 2026-11-22T20:21:34Z}. */
    Instant instant(String name, Instant otherwise) {
        String value = text(name).strip();
        if (value.isEmpty()) {
            return otherwise;
        }
        try {
            return value.matches("\\d{1,15}") ? Instant.ofEpochMilli(Long.parseLong(value)) : Instant.parse(value);
        } catch (DateTimeException e) {
            throw wrong(name, value, "milliseconds since 1970 or a time such as 2026-11-22T20:21:34Z");
        }
    }

    Sort sort(String otherwise, List<String> fields) {
        String value = text("sort");
        String asked = value.isEmpty() ? otherwise : value;
        boolean descending = asked.startsWith("-");
        String field = descending ? asked.substring(1) : asked;
        if (!fields.contains(field)) {
            throw wrong("sort", value, "one of " + String.join(", ", fields) + ", with a - before it for the other direction");
        }
        return new Sort(field, descending);
    }

    int limit() {
        return whole("limit", 1, MOST_ROWS, DEFAULT_ROWS);
    }

    int limit(int otherwise) {
        return whole("limit", 1, MOST_ROWS, otherwise);
    }

    String cursor() {
        return text("cursor", 2 * LONGEST);
    }

    static HistoryException wrong(String name, String value, String expected) {
        String shown = value.replaceAll("\\p{Cntrl}", "?");
        return HistoryException.invalid(name + " '" + (shown.length() > 80 ? shown.substring(0, 80) + "\u2026" : shown)
                + "' is not understood: expected " + expected);
    }
}
