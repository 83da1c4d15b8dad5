package io.rayhistory.application.read;

import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.history.HistoryImage;
import io.rayhistory.domain.history.ImageSink;
import io.rayhistory.domain.history.ImageSource;
import io.rayhistory.domain.history.SessionHistory;
import io.rayhistory.domain.id.SessionKey;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a snapshot holds of a session: all of it but logs and stored answers, which stay where they are. */
record SnapshotContent(SessionHistory history, String rayVersion, Map<String, String> timezone, LoadReport report) {

    static SnapshotContent of(StoredSession session) {
        return new SnapshotContent(session.history(), session.rayVersion(), session.timezone(), session.report());
    }

    void write(SessionKey key, String fingerprint, ImageSink sink) {
        identity(key, fingerprint).forEach(sink::text);
        sink.text(rayVersion);
        sink.number(timezone.size());
        new TreeMap<>(timezone).forEach((name, value) -> {
            sink.text(name);
            sink.text(value);
        });
        sink.number(report.files());
        sink.number(report.bytes());
        sink.number(report.events());
        for (Map<String, Long> counts : List.of(report.eventsByType(), report.damage(), report.unknownTypes(),
                report.damageByFile())) {
            sink.number(counts.size());
            new TreeMap<>(counts).forEach((name, count) -> {
                sink.text(name);
                sink.number(count);
            });
        }
        HistoryImage.write(history, sink);
    }

    /** @throws HistoryException CORRUPT for anything that was not written for this session and listing */
    static SnapshotContent read(SessionKey key, String fingerprint, ImageSource source) {
        for (String expected : identity(key, fingerprint)) {
            String found = source.text();
            if (!found.equals(expected)) {
                throw new HistoryException(HistoryException.Kind.CORRUPT, "it is one of " + found + ", not " + expected);
            }
        }
        String rayVersion = source.text();
        Map<String, String> timezone = new TreeMap<>();
        for (long left = source.number(); left > 0; left--) {
            timezone.put(source.text(), source.text());
        }
        long files = source.number();
        long bytes = source.number();
        long events = source.number();
        List<Map<String, Long>> counts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Map<String, Long> each = new TreeMap<>();
            for (long left = source.number(); left > 0; left--) {
                each.put(source.text(), source.number());
            }
            counts.add(each);
        }
        LoadReport report = new LoadReport(files, bytes, events, counts.get(0), counts.get(1), counts.get(2),
                counts.get(3), 0, SnapshotUse.READ);
        return new SnapshotContent(HistoryImage.read(source), rayVersion, timezone, report);
    }

    private static List<String> identity(SessionKey key, String fingerprint) {
        return List.of(fingerprint, key.cluster().namespace(), key.cluster().name(), key.cluster().ownerKind().name(),
                key.cluster().ownerName(), key.session());
    }
}
