package io.rayhistory.application.read;

import io.rayhistory.application.port.InMemoryObjectStore;
import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.application.port.StoreFixture;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A store and a catalog over it, with a clock that a test moves by hand. */
abstract class CatalogFixture implements StoreFixture {
    static final String S1 = "session_2026-11-22_19-32-05_016858_13672";
    static final String S2 = "session_2026-11-23_08-00-00_000001_1";

    final InMemoryObjectStore memory = new InMemoryObjectStore();
    final BrokenListings store = new BrokenListings(memory);
    Instant now = Instant.parse("2026-12-01T00:00:00Z");

    @Override
    public ObjectStore store() {
        return store;
    }

    StoreCatalog catalog(String root) {
        return new StoreCatalog(store, root, Duration.ofMinutes(10), () -> now);
    }

    /** One line for each listed session: kind, owner, names, session, and whether it has a marker. */
    static List<String> told(SessionCatalog.Listing listing) {
        return listing.sessions().stream().map(CatalogFixture::told).toList();
    }

    static String told(SessionEntry entry) {
        var cluster = entry.key().cluster();
        return cluster.ownerKind().folder() + " " + (cluster.ownerName().isEmpty() ? "" : cluster.ownerName() + " ")
                + cluster.namespace() + "/" + cluster.name() + "/" + entry.key().session() + (entry.marked() ? "" : " unmarked");
    }

    SessionContents located(String root, SessionEntry entry) {
        return new SessionLocator(store, root).locate(entry);
    }

    static List<String> events(SessionContents contents) {
        return contents.eventFiles().stream().map(ObjectInfo::name).toList();
    }

    /** Node and path of every log, with its length. */
    static Map<String, Long> logs(SessionContents contents) {
        Map<String, Long> logs = new TreeMap<>();
        contents.logs().forEach((node, files) -> files.forEach((path, object) -> logs.put(node + ":" + path, object.length())));
        return logs;
    }
}
