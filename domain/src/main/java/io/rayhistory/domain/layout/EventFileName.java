package io.rayhistory.domain.layout;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of event files: {@code {node}-{hour}[-{nanos}][.jsonl][.gz]}. The hour is that of the events or of the file's
 * opening, in some zone; it is for display only. The name's ending does not decide what is inside, the bytes do.
 */
public final class EventFileName {
    private static final Pattern ENDING = Pattern.compile("-\\d{4}-\\d{2}-\\d{2}-\\d{2}(-\\d+)?(\\.jsonl)?(\\.gz)?$");
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("uuuu-MM-dd-HH", Locale.ROOT).withZone(ZoneOffset.UTC);

    private EventFileName() {
    }

    /** True if readers, the peer's included, take the object for an event file. @param name full, or its last segment */
    public static boolean matches(String name) {
        return ending(name).find();
    }

    /** The node whose collector wrote the file, {@code ""} if the name tells none. Its events may be about other nodes. */
    public static String nodeOf(String name) {
        String last = name.substring(name.lastIndexOf('/') + 1);
        Matcher ending = ending(last);
        return ending.find() ? last.substring(0, ending.start()) : "";
    }

    private static Matcher ending(String name) {
        return ENDING.matcher(name.substring(name.lastIndexOf('/') + 1));
    }

    static String written(String nodeId, Instant opened) {
        long nanos = Math.addExact(Math.multiplyExact(opened.getEpochSecond(), 1_000_000_000L), opened.getNano());
        return SessionObject.requireNode(nodeId) + "-" + hour(opened) + "-" + nanos + ".jsonl";
    }

    static String hour(Instant instant) {
        return HOUR.format(instant);
    }
}
