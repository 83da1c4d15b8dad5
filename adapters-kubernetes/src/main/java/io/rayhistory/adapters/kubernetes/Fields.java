package io.rayhistory.adapters.kubernetes;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Reads a resource of which any part may be missing or of another type than expected: that is the same as absent. */
final class Fields {
    private Fields() {
    }

    /** What lies at the path, or null. */
    static Object at(Object root, String... path) {
        Object here = root;
        for (String name : path) {
            here = here instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return here;
    }

    /** The text there, {@code ""} if there is none. */
    static String text(Object root, String... path) {
        return at(root, path) instanceof String text ? text : "";
    }

    static boolean truth(Object root, String... path) {
        return Boolean.TRUE.equals(at(root, path));
    }

    static List<?> list(Object root, String... path) {
        return at(root, path) instanceof List<?> list ? list : List.of();
    }

    /** The time there, the epoch if there is none. */
    static Instant time(Object root, String... path) {
        return time(text(root, path));
    }

    static Instant time(String text) {
        try {
            return text == null || text.isEmpty() ? Instant.EPOCH : Instant.parse(text);
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }
}
