package io.rayhistory.application.read;

import io.rayhistory.application.port.AnswerCodec;
import io.rayhistory.application.port.EventCodec.Damage;
import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.history.PlacementGroup;

import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The stored dashboard answers that loading itself uses. A damaged one is counted, then treated as absent. */
final class StoredAnswers {
    private static final String TIMEZONE = "restful__timezone";
    private static final String CLUSTER_METADATA = "restful__api__v0__cluster_metadata";
    private static final String PLACEMENT_GROUPS = "restful__api__v0__placement_groups";
    private static final Pattern LIMIT = Pattern.compile("[?&]limit=(\\d{1,9})(?:&|$)");

    private final ObjectStore store;
    private final AnswerCodec codec;
    private final LoadTally tally;

    StoredAnswers(ObjectStore store, AnswerCodec codec, LoadTally tally) {
        this.store = store;
        this.codec = codec;
        this.tally = tally;
    }

    /** The keys of the answers that loading reads; a change of any other one changes no history. */
    static boolean isRead(String key) {
        return key.equals(TIMEZONE) || key.equals(CLUSTER_METADATA) || key.startsWith(PLACEMENT_GROUPS);
    }

    Map<String, String> timezone(SessionContents contents) {
        return read(contents.endpoints().get(TIMEZONE), codec::fields).orElse(Map.of());
    }

    /** As the cluster told, {@code ""} if no answer tells. */
    String rayVersion(SessionContents contents) {
        return read(contents.endpoints().get(CLUSTER_METADATA), codec::fields).orElse(Map.of())
                .getOrDefault("rayVersion", "");
    }

    List<PlacementGroup> placementGroups(SessionContents contents) {
        return bestPlacementGroups(contents.endpoints()).flatMap(answer -> read(answer, codec::placementGroups))
                .orElse(List.of());
    }

    /** Of several answers the one that should tell most: unfiltered, detailed, with the highest limit, newest. */
    static Optional<ObjectInfo> bestPlacementGroups(SortedMap<String, ObjectInfo> endpoints) {
        return endpoints.entrySet().stream()
                .filter(entry -> entry.getKey().equals(PLACEMENT_GROUPS)
                        || entry.getKey().startsWith(PLACEMENT_GROUPS + "?"))
                .filter(entry -> !entry.getKey().contains("filter_"))
                .max(Comparator.comparing((Map.Entry<String, ObjectInfo> entry) -> detailed(entry.getKey()))
                        .thenComparing(entry -> limit(entry.getKey()))
                        .thenComparing(entry -> entry.getValue().modified()))
                .map(Map.Entry::getValue);
    }

    private static boolean detailed(String key) {
        return key.matches(".*[?&]detail=(?i:1|true)(&.*)?");
    }

    private static int limit(String key) {
        Matcher found = LIMIT.matcher(key);
        return found.find() ? Integer.parseInt(found.group(1)) : 0;
    }

    private <T> Optional<T> read(ObjectInfo answer, Decoding<T> decoding) {
        if (answer == null) {
            return Optional.empty();
        }
        LoadTally.File file = tally.file(answer.name(), answer.length());
        try {
            return store.read(answer.name(), 0, ObjectStore.TO_END, "", (stream, now) -> decoding.apply(stream));
        } catch (HistoryException e) {
            if (e.kind() != HistoryException.Kind.CORRUPT) {
                throw e;
            }
            file.damage(Damage.MALFORMED, e.getMessage());
            return Optional.empty();
        }
    }

    @FunctionalInterface
    private interface Decoding<T> {
        T apply(InputStream stream) throws IOException;
    }
}
