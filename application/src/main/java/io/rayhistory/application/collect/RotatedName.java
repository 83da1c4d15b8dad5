package io.rayhistory.application.collect;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a path reads if a rotation gave it. Python's handlers make {@code dashboard.log.1} of {@code dashboard.log}, spdlog
 * makes {@code raylet.1.out} of {@code raylet.out} (Ray: {@code src/ray/util/logging.cc}, {@code pipe_logger.cc}); both
 * push older files to higher numbers. Whether it was a rotation only the presence of the base tells.
 *
 * @param base   the path that is written to
 * @param number 1 = the latest
 */
record RotatedName(String base, int number) {
    private static final Pattern LAST = Pattern.compile("(.*[^/])\\.([1-9]\\d{0,2})");
    private static final Pattern INNER = Pattern.compile("(.*[^/])\\.([1-9]\\d{0,2})(\\.[^./]+)");

    /** The readings of a path, none for most. */
    static List<RotatedName> readings(String path) {
        List<RotatedName> readings = new ArrayList<>();
        Matcher last = LAST.matcher(path);
        if (last.matches()) {
            readings.add(new RotatedName(last.group(1), Integer.parseInt(last.group(2))));
        }
        Matcher inner = INNER.matcher(path);
        if (inner.matches()) {
            readings.add(new RotatedName(inner.group(1) + inner.group(3), Integer.parseInt(inner.group(2))));
        }
        return readings;
    }

    /** Which rotation of {@code base} the path is, 0 if it is none. */
    static int number(String path, String base) {
        return readings(path).stream().filter(reading -> reading.base().equals(base)).mapToInt(RotatedName::number)
                .findFirst().orElse(0);
    }
}
