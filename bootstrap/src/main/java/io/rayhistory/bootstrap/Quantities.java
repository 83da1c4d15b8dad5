package io.rayhistory.bootstrap;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sizes and times as people write them. Sizes take the JVM's lower-case units ({@code 512m}, powers of 1024) and those
 * of Kubernetes ({@code 512Mi} powers of 1024, {@code 512M} powers of 1000). Times are Go's: {@code 1h30m}, {@code 90s}, {@code 1.5h}.
 */
final class Quantities {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,15})([kmgtKMGT]i?)?");
    private static final Pattern TIME = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ns|us|µs|ms|s|m|h)");
    private static final BigDecimal SECOND = BigDecimal.valueOf(1_000_000_000L);
    private static final Map<Character, Integer> POWERS = Map.of('k', 1, 'm', 2, 'g', 3, 't', 4);

    private Quantities() {
    }

    /** @throws IllegalArgumentException for anything that is no size, or too large a one */
    static long bytes(String text) {
        Matcher size = SIZE.matcher(text);
        if (!size.matches()) {
            throw new IllegalArgumentException("no size: '" + text + "'");
        }
        String unit = size.group(2) == null ? "" : size.group(2);
        long bytes = Long.parseLong(size.group(1));
        if (unit.isEmpty()) {
            return bytes;
        }
        boolean decimal = unit.length() == 1 && Character.isUpperCase(unit.charAt(0));
        int power = POWERS.get(Character.toLowerCase(unit.charAt(0)));
        for (int i = 0; i < power; i++) {
            try {
                bytes = Math.multiplyExact(bytes, decimal ? 1000 : 1024);
            } catch (ArithmeticException e) {
                throw new IllegalArgumentException("too large: '" + text + "'", e);
            }
        }
        return bytes;
    }

    /** @throws IllegalArgumentException for anything that is no time; {@code 0} needs no unit */
    static Duration duration(String text) {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        Duration sum = Duration.ZERO;
        Matcher part = TIME.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (!part.find(at) || part.start() != at) {
                throw new IllegalArgumentException("no time: '" + text + "'");
            }
            BigDecimal nanos = new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(switch (part.group(2)) {
                case "ns" -> 1L;
                case "us", "µs" -> 1_000L;
                case "ms" -> 1_000_000L;
                case "s" -> 1_000_000_000L;
                case "m" -> 60_000_000_000L;
                default -> 3_600_000_000_000L;
            }));
            sum = sum.plus(Duration.ofSeconds(nanos.movePointLeft(9).longValue(), nanos.remainder(SECOND).longValue()));
            at = part.end();
        }
        if (at == 0) {
            throw new IllegalArgumentException("no time: ''");
        }
        return sum;
    }
}
