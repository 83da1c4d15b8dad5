package io.rayhistory.application.read;

import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.id.SessionKey;
import io.rayhistory.domain.layout.StorageLayout;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Carries out what a {@link SessionLocator} finds. Thread-safe. */
final class StoreArchive implements SessionArchive {
    private final ObjectStore store;
    private final SessionLocator locator;
    private final List<String> roots;

    StoreArchive(ObjectStore store, SessionLocator locator, String rootDir) {
        this.store = store;
        this.locator = locator;
        this.roots = SessionPlaces.of(rootDir).root().readPrefixes();
    }

    @Override
    public List<Item> items(SessionEntry entry) {
        SessionContents contents = locator.locate(entry);
        if (contents.isEmpty()) {
            throw HistoryException.missing("nothing is stored of " + SessionLoader.name(entry));
        }
        Map<String, ObjectInfo> objects = new TreeMap<>();
        contents.eventFiles().forEach(each -> objects.put(below(each.name()), each));
        contents.logs().values().forEach(files -> files.values().forEach(each -> objects.put(below(each.name()), each)));
        contents.endpoints().values().forEach(each -> objects.put(below(each.name()), each));
        marker(entry.key()).ifPresent(name -> objects.put(name, new ObjectInfo(name, 0, "empty",
                objects.values().stream().map(ObjectInfo::modified).max(Comparator.naturalOrder()).orElse(Instant.EPOCH))));
        return objects.entrySet().stream().map(each -> new Item(each.getKey(), each.getValue())).toList();
    }

    /** Markers are empty, so it need not be looked for; sessions with foreign names do without, their data is found. */
    private static Optional<String> marker(SessionKey key) {
        try {
            return Optional.of(StorageLayout.clusterHistory("").marker(key));
        } catch (HistoryException e) {
            return Optional.empty();
        }
    }

    private String below(String name) {
        return roots.stream().filter(name::startsWith).findFirst().map(root -> name.substring(root.length())).orElse(name);
    }

    @Override
    public <T> T read(Item item, ObjectStore.StreamReader<T> reader) {
        ObjectInfo object = item.object();
        if (object.length() == 0) {
            try {
                return reader.read(InputStream.nullInputStream(), object);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        // Files only grow while a session lives: the bytes that were listed are still where they were.
        return store.read(object.name(), 0, object.length(), "", reader)
                .orElseThrow(() -> HistoryException.missing("object '" + object.name() + "' has been deleted"));
    }
}
