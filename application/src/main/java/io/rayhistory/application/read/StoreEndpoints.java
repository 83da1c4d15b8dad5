package io.rayhistory.application.read;

import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.domain.layout.EndpointKey;
import io.rayhistory.domain.layout.ObjectName;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Reads the dashboard answers that a {@link SessionLocator} found. Thread-safe. */
final class StoreEndpoints implements StoredEndpoints {
    /** A request longer than this is stored nowhere: names have 1000 bytes, and shortened ones are compared by their hash. */
    private static final int LONGEST_TARGET = 16_384;

    private final ObjectStore store;
    private final SortedMap<String, ObjectInfo> byKey;
    private final Map<String, ObjectInfo> byMeaning = new HashMap<>();

    StoreEndpoints(ObjectStore store, SessionContents contents) {
        this.store = store;
        this.byKey = contents.endpoints();
        byKey.forEach((key, object) -> byMeaning.putIfAbsent(EndpointKey.canonical(key), object));
        byMeaning.remove("");
    }

    @Override
    public <T> Optional<T> read(String target, ObjectStore.StreamReader<T> reader) {
        return stored(target).flatMap(object -> store.read(object.name(), 0, ObjectStore.TO_END, "", reader));
    }

    @Override
    public boolean has(String target) {
        return stored(target).isPresent();
    }

    private Optional<ObjectInfo> stored(String target) {
        if (target.length() > LONGEST_TARGET || target.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        String key = EndpointKey.of(target);
        ObjectInfo exact = byKey.get(key);
        if (exact != null) {
            return Optional.of(exact);
        }
        String escaped = ObjectName.escape(key);
        ObjectInfo altered = byKey.get(escaped);
        for (Map.Entry<String, ObjectInfo> stored : byKey.entrySet()) {
            if (altered == null && ObjectName.isShortenedFrom(stored.getKey(), escaped)) {
                altered = stored.getValue();
            }
        }
        return Optional.ofNullable(altered != null ? altered : byMeaning.get(EndpointKey.canonical(key)));
    }
}
