package io.rayhistory.bootstrap;

import io.rayhistory.domain.HistoryException;

import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What was set for a collector: a variable that is not empty wins over the flag, that over the default. A number, time or
 * switch that is none is passed over with a warning if a variable says it, and is misuse if a flag does, as in the Go
 * collector.
 */
final class CollectValues {
    private static final Set<String> YES = Set.of("1", "t", "true");
    private static final Set<String> NO = Set.of("0", "f", "false");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final int LONGEST_NAME = 253;

    /** Something typed on the command line that is no value of its kind. */
    static final class Misuse extends RuntimeException {
        Misuse(String message) {
            super(message);
        }
    }

    private record Given(String text, String origin, boolean typed) {
    }

    private final Map<CollectSetting, String> flags;
    private final Map<String, String> environment;
    private final Consumer<String> warn;

    CollectValues(Map<CollectSetting, String> flags, Map<String, String> environment, Consumer<String> warn) {
        this.flags = flags;
        this.environment = environment;
        this.warn = warn;
    }

    /** Trimmed; the default if nobody said anything. */
    String text(CollectSetting setting) {
        List<Given> given = given(setting);
        return given.isEmpty() ? setting.fallback() : given.get(0).text();
    }

    boolean has(CollectSetting setting) {
        return !given(setting).isEmpty();
    }

    private List<Given> given(CollectSetting setting) {
        List<Given> given = new ArrayList<>();
        String variable = environment.getOrDefault(setting.variable(), "");
        if (!variable.isBlank()) {
            given.add(new Given(variable.strip(), "variable " + setting.variable(), false));
        }
        if (flags.containsKey(setting)) {
            given.add(new Given(flags.get(setting).strip(), setting.flag(), true));
        }
        return given;
    }

    /** What a user has to be told about a text that is refused. */
    HistoryException refuse(CollectSetting setting, String expected) {
        List<Given> given = given(setting);
        String what = given.isEmpty() ? setting.flag() + " (variable " + setting.variable() + ") is not set"
                : given.get(0).origin() + " is '" + given.get(0).text() + "'";
        return HistoryException.invalid(what + ": expected " + expected);
    }

    boolean flag(CollectSetting setting) {
        return first(setting, "true or false", text -> {
            String lower = text.toLowerCase(Locale.ROOT);
            if (!YES.contains(lower) && !NO.contains(lower)) {
                throw new IllegalArgumentException(text);
            }
            return YES.contains(lower);
        });
    }

    int port(CollectSetting setting) {
        return (int) whole(setting, 0, 65_535);
    }

    long whole(CollectSetting setting, long least, long most) {
        return first(setting, "a whole number from " + least + " to " + most, text -> {
            long value = Long.parseLong(text);
            if (value < least || value > most) {
                throw new IllegalArgumentException(text);
            }
            return value;
        });
    }

    double rate(CollectSetting setting) {
        return first(setting, "a number above zero", text -> {
            double value = new BigDecimal(text).doubleValue();
            if (!(value > 0) || Double.isInfinite(value)) {
                throw new IllegalArgumentException(text);
            }
            return value;
        });
    }

    /** Above zero. */
    Duration time(CollectSetting setting) {
        return first(setting, "a time above zero such as 90s, 30m or 1h30m", text -> {
            Duration time = Quantities.duration(text);
            if (time.isZero()) {
                throw new IllegalArgumentException(text);
            }
            return time;
        });
    }

    private <T> T first(CollectSetting setting, String expected, Function<String, T> parse) {
        for (Given given : given(setting)) {
            try {
                return parse.apply(given.text());
            } catch (IllegalArgumentException e) {
                String complaint = given.origin() + " is '" + given.text() + "': expected " + expected;
                if (given.typed()) {
                    throw new Misuse(complaint);
                }
                warn.accept(complaint + "; it is passed over");
            }
        }
        return parse.apply(setting.fallback());
    }

    Path path(CollectSetting setting) {
        try {
            return Path.of(text(setting)).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw refuse(setting, "a path");
        }
    }

    /** A name as Kubernetes allows for resources: a DNS subdomain of RFC 1123. */
    String kubernetesName(CollectSetting setting) {
        String name = text(setting);
        if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
            throw refuse(setting, "a Kubernetes name: lower-case letters, digits, '-' and '.', at most " + LONGEST_NAME + " characters");
        }
        return name;
    }

    /** One of some words, in any case. */
    String word(CollectSetting setting, String... words) {
        String lower = text(setting).toLowerCase(Locale.ROOT);
        if (!List.of(words).contains(lower)) {
            throw refuse(setting, String.join(" or ", words));
        }
        return lower;
    }
}
