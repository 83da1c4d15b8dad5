package io.rayhistory.application.read;

import java.util.HashMap;
import java.util.Map;

/** Compares two listings of one session. */
final class SessionChanges {
    private SessionChanges() {
    }

    /** True if everything that a history is made of is the same in both. */
    static boolean onlyLogsGrew(SessionContents before, SessionContents after) {
        return before.eventFiles().equals(after.eventFiles()) && evidence(before).equals(evidence(after));
    }

    /** What loading reads besides events: by content where it reads it, by name where only that matters. */
    private static Map<String, Object> evidence(SessionContents contents) {
        Map<String, Object> evidence = new HashMap<>();
        contents.endpoints().forEach((key, object) -> {
            if (StoredAnswers.isRead(key)) {
                evidence.put(object.name(), object);
            }
        });
        contents.logs().values().forEach(files -> files.forEach((name, object) -> {
            if (LogEvidence.readsContent(name)) {
                evidence.put(object.name(), object);
            } else if (LogEvidence.readsName(name)) {
                evidence.put(object.name(), "");
            }
        }));
        return evidence;
    }
}
