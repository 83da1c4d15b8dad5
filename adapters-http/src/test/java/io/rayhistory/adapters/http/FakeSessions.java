package io.rayhistory.adapters.http;

import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.application.read.LoadProgress;
import io.rayhistory.application.read.LoadReport;
import io.rayhistory.application.read.SessionCatalog;
import io.rayhistory.application.read.SessionEntry;
import io.rayhistory.application.read.SessionHistories;
import io.rayhistory.application.read.SessionLogs;
import io.rayhistory.application.read.StoredEndpoints;
import io.rayhistory.application.read.StoredSession;
import io.rayhistory.domain.history.Replay;
import io.rayhistory.domain.id.ClusterRef;
import io.rayhistory.domain.id.SessionKey;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;

/** One empty session whose opening and whose stored answers behave as a test says: for what no real store does on demand. */
final class FakeSessions implements SessionCatalog, SessionHistories {
    static final String BASE = "/s/ns/c/session_1";
    private static final SessionEntry ENTRY = new SessionEntry(
            new SessionKey(ClusterRef.plain("ns", "c"), "session_1"), Optional.of(Instant.EPOCH), true);

    private final Supplier<StoredSession> opening;
    private final Supplier<List<SessionEntry>> listing;

    private FakeSessions(Supplier<List<SessionEntry>> listing, Supplier<StoredSession> opening) {
        this.listing = listing;
        this.opening = opening;
    }

    static FakeSessions opening(Supplier<StoredSession> opening) {
        return new FakeSessions(() -> List.of(ENTRY), opening);
    }

    static FakeSessions listing(Supplier<List<SessionEntry>> listing) {
        return new FakeSessions(listing, () -> session(target -> null));
    }

    /** Says what is stored under a target, {@code null} for nothing. */
    @FunctionalInterface
    interface Stored {
        InputStream open(String target);
    }

    static StoredSession session(Stored stored) {
        StoredEndpoints endpoints = new StoredEndpoints() {
            @Override
            public <T> Optional<T> read(String target, ObjectStore.StreamReader<T> reader) {
                try (InputStream body = stored.open(target)) {
                    return Optional.ofNullable(reader.read(body, new ObjectInfo(target, 1, "1", Instant.EPOCH)));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public boolean has(String target) {
                return stored.open(target) != null;
            }
        };
        LoadReport report = new LoadReport(0, 0, 0, Map.of(), Map.of("malformed", 3L), Map.of(), Map.of(), 0);
        return new StoredSession(ENTRY, new Replay("session_1").freeze(), new NoLogs(), endpoints, "", Map.of(), report);
    }

    @Override
    public Listing list() {
        return new Listing(listing.get(), List.of());
    }

    @Override
    public SessionEntry resolve(String namespace, String cluster, String session, String owner) {
        return ENTRY;
    }

    @Override
    public String describe() {
        return "a <fake> store";
    }

    @Override
    public StoredSession open(SessionEntry entry) {
        return opening.get();
    }

    @Override
    public Optional<LoadProgress> progress(SessionEntry entry) {
        return Optional.empty();
    }

    @Override
    public Optional<StoredSession> loaded(SessionEntry entry) {
        return Optional.empty();
    }

    @Override
    public Stats stats() {
        return new Stats(0, 0, 0, 0, 0, 0);
    }

    private static final class NoLogs implements SessionLogs {
        @Override
        public Collection<String> nodes() {
            return List.of();
        }

        @Override
        public List<String> list(String nodeId, String glob) {
            return List.of();
        }

        @Override
        public SortedMap<String, ObjectInfo> files(String nodeId) {
            return Collections.emptySortedMap();
        }

        @Override
        public Optional<ObjectInfo> find(String nodeId, String name) {
            return Optional.empty();
        }

        @Override
        public List<String> startingWith(String nodeId, String prefix) {
            return List.of();
        }

        @Override
        public long startOfLastLines(ObjectInfo file, long start, long end, long lines) {
            return 0;
        }

        @Override
        public <T> T read(ObjectInfo file, long start, long end, ObjectStore.StreamReader<T> reader) {
            throw new AssertionError("no file is stored");
        }
    }
}
