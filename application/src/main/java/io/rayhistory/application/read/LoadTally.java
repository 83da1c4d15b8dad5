package io.rayhistory.application.read;

import io.rayhistory.application.port.EventCodec.Damage;
import io.rayhistory.domain.event.RayEvent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts what a load reads and loses. {@link File}s are filled by any thread, each {@link Events} by one; they may be read
 * when these are done. All else is the loading thread's.
 */
final class LoadTally {
    static final int MAX_NAMES = 100;

    /** The counts of one file. */
    static final class File {
        private final String name;
        private final Map<String, Long> damage = new TreeMap<>();
        private final Map<String, Long> unknownTypes = new TreeMap<>();

        private File(String name) {
            this.name = name;
        }

        synchronized void damage(Damage kind, String detail) {
            if (kind == Damage.UNKNOWN_TYPE) {
                addNamed(unknownTypes, detail, 1);
            } else {
                damage.merge(kind.name().toLowerCase(Locale.ROOT), 1L, Long::sum);
            }
        }
    }

    /** The events that one thread found. */
    static final class Events {
        private final Map<Class<?>, long[]> byType = new HashMap<>();
        private final Map<String, Long> otherSessions = new HashMap<>();
        private long skipped;
        private Class<?> lastType;
        private long[] lastCount;

        void taken(RayEvent event) {
            if (event.getClass() != lastType) {
                lastType = event.getClass();
                lastCount = byType.computeIfAbsent(lastType, type -> new long[1]);
            }
            lastCount[0]++;
        }

        void otherSession(String name) {
            skipped++;
            addNamed(otherSessions, name, 1);
        }
    }

    private final List<Events> events = new ArrayList<>();
    private final List<File> files = new ArrayList<>();
    private long fileCount;
    private long bytes;

    /** A file of that length is going to be read. */
    File file(String name, long length) {
        fileCount++;
        bytes += length;
        File file = new File(name);
        files.add(file);
        return file;
    }

    /** For one more thread. */
    Events events() {
        Events counts = new Events();
        events.add(counts);
        return counts;
    }

    /** A name of the other sessions whose events were skipped, {@code ""} if there were none. */
    String otherSession() {
        return events.stream().flatMap(counts -> counts.otherSessions.keySet().stream()).findFirst().orElse("");
    }

    LoadReport report(long duplicates, double seconds) {
        Map<String, Long> damage = new TreeMap<>();
        Map<String, Long> unknown = new TreeMap<>();
        Map<String, Long> byFile = new TreeMap<>();
        for (File file : files) {
            file.damage.forEach((kind, count) -> damage.merge(kind, count, Long::sum));
            file.unknownTypes.forEach((type, count) -> addNamed(unknown, type, count));
            long pieces = file.damage.values().stream().mapToLong(Long::longValue).sum();
            if (pieces > 0) {
                addNamed(byFile, file.name, pieces);
            }
        }
        putIfAny(damage, "other_session", events.stream().mapToLong(counts -> counts.skipped).sum());
        putIfAny(damage, "duplicate", duplicates);
        Map<String, Long> byType = new TreeMap<>();
        events.forEach(counts -> counts.byType.forEach(
                (type, count) -> byType.merge(typeName(type), count[0], Long::sum)));
        long taken = byType.values().stream().mapToLong(Long::longValue).sum();
        return new LoadReport(fileCount, bytes, taken, byType, damage, unknown, byFile, seconds);
    }

    /** Ray's name of an event type: the records are named after them. */
    static String typeName(Class<?> type) {
        return type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
    }

    private static void putIfAny(Map<String, Long> counts, String name, long count) {
        if (count > 0) {
            counts.put(name, count);
        }
    }

    private static void addNamed(Map<String, Long> counts, String name, long count) {
        if (counts.size() < MAX_NAMES || counts.containsKey(name)) {
            counts.merge(name, count, Long::sum);
        }
    }
}
