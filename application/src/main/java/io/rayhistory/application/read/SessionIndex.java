package io.rayhistory.application.read;

import io.rayhistory.domain.id.ClusterRef;
import io.rayhistory.domain.id.OwnerKind;
import io.rayhistory.domain.id.SessionKey;
import io.rayhistory.domain.id.SessionName;
import io.rayhistory.domain.layout.SessionMarker;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes one entry of everything that tells of one session: markers of both families, data without a marker. Confined to
 * one thread.
 */
final class SessionIndex {
    /** Newest first, sessions without a time last; then by name. Markers go before orphans, owners before none. */
    static final Comparator<SessionEntry> NEWEST_FIRST = Comparator
            .comparing((SessionEntry entry) -> entry.start().orElse(Instant.MIN)).reversed()
            .thenComparing(entry -> entry.key().cluster().namespace())
            .thenComparing(entry -> entry.key().cluster().name())
            .thenComparing(entry -> entry.key().session())
            .thenComparing(entry -> !entry.marked())
            .thenComparing(entry -> entry.key().cluster().ownerKind(), Comparator.reverseOrder())
            .thenComparing(entry -> entry.key().cluster().ownerName());

    private record Found(boolean marked, Set<String> folders) {
    }

    private final SessionPlaces places;
    private final Map<SessionKey, Found> sessions = new LinkedHashMap<>();
    private final Set<String> read = new HashSet<>();

    SessionIndex(SessionPlaces places) {
        this.places = places;
    }

    void marker(SessionMarker.Sound marker) {
        add(marker.session(), new Found(true, new LinkedHashSet<>(marker.folders())));
    }

    /**
     * Data lies in the folder. Does nothing if a session told before reads that folder: so tell markers first, then data
     * below owners, then the rest.
     */
    void data(SessionKey session, String folder) {
        if (!read.contains(folder)) {
            add(session, new Found(false, new LinkedHashSet<>(List.of(folder))));
        }
    }

    private void add(SessionKey session, Found found) {
        sessions.merge(session, found, SessionIndex::both);
        read.addAll(found.folders());
        read.addAll(places.folders(session));
    }

    private static Found both(Found one, Found other) {
        one.folders().addAll(other.folders());
        return new Found(one.marked() || other.marked(), one.folders());
    }

    /**
     * What is known, newest first. A session without an owner is the same as one of equal names with an owner: the older
     * family knows no owners, and a collector may not have been told of it.
     */
    List<SessionEntry> entries() {
        Map<SessionKey, Found> plain = new LinkedHashMap<>();
        Map<SessionKey, List<SessionKey>> owned = new LinkedHashMap<>();
        sessions.forEach((key, found) -> {
            if (key.cluster().ownerKind() == OwnerKind.RAYCLUSTER) {
                plain.put(key, found);
            } else {
                owned.computeIfAbsent(withoutOwner(key), none -> new ArrayList<>()).add(key);
            }
        });
        List<SessionEntry> entries = new ArrayList<>();
        owned.forEach((name, keys) -> {
            Found unowned = plain.remove(name);
            boolean marked = unowned != null && unowned.marked() && keys.size() == 1;
            Collection<String> more = unowned == null ? List.of() : unowned.folders();
            keys.forEach(key -> entries.add(entry(key, sessions.get(key), marked, more)));
        });
        plain.forEach((key, found) -> entries.add(entry(key, found, false, List.of())));
        entries.sort(NEWEST_FIRST);
        return entries;
    }

    static SessionKey withoutOwner(SessionKey key) {
        return new SessionKey(ClusterRef.plain(key.cluster().namespace(), key.cluster().name()), key.session());
    }

    private SessionEntry entry(SessionKey key, Found found, boolean alsoMarked, Collection<String> moreFolders) {
        Set<String> folders = new LinkedHashSet<>(found.folders());
        folders.addAll(moreFolders);
        folders.removeAll(places.folders(key));
        Optional<Instant> start = SessionName.of(key.session()).start(ZoneOffset.UTC);
        return new SessionEntry(key, start, found.marked() || alsoMarked, List.copyOf(folders));
    }
}
