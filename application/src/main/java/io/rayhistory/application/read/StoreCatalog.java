package io.rayhistory.application.read;

import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.id.SessionName;
import io.rayhistory.domain.layout.ObjectName;
import io.rayhistory.domain.layout.SessionMarker;
import io.rayhistory.domain.layout.StorageLayout;

import java.lang.System.Logger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Lists the sessions of a store: the union of both families' markers and of data without one. Remembers up to {@value
 * #MOST_RESOLVED} resolved links for a minute ({@code latest}: five seconds), since every request names its session.
 * Thread-safe.
 */
final class StoreCatalog implements SessionCatalog {
    private static final Logger LOG = System.getLogger(StoreCatalog.class.getName());
    private static final String LATEST = "latest";
    private static final int MOST_RESOLVED = 1_000;
    private static final Duration NAMED_FOR = Duration.ofMinutes(1);
    private static final Duration LATEST_FOR = Duration.ofSeconds(5);

    private record Link(String namespace, String cluster, String session, String owner) {
    }

    private record Resolved(SessionEntry entry, Instant until) {
    }

    private final ObjectStore store;
    private final SessionPlaces places;
    private final OrphanScan orphans;
    private final SessionSearch search;
    private final InstantSource clock;
    private final Map<Link, Resolved> resolved = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Link, Resolved> eldest) {
            return size() > MOST_RESOLVED;
        }
    };

    /**
     * @param rootDir    the configured root as given
     * @param orphanScan how long the list of sessions without a marker is good for; zero for not looking for any
     * @throws HistoryException INVALID for a root dir that is none
     */
    StoreCatalog(ObjectStore store, String rootDir, Duration orphanScan, InstantSource clock) {
        this.store = store;
        this.places = SessionPlaces.of(rootDir);
        this.orphans = new OrphanScan(store, places, orphanScan, clock);
        this.search = new SessionSearch(store, places);
        this.clock = clock;
        if (places.root().readsLeadingSlash()) {
            LOG.log(Logger.Level.WARNING, "root dir ''{0}'' starts with a slash: names with and without it are read, "
                    + "written are only names without it", rootDir);
        }
    }

    @Override
    public Listing list() {
        return list(orphans::folders);
    }

    /** The same without waiting for a long search for sessions that have no marker: those found so far. */
    Listing listNow() {
        return list(orphans::known);
    }

    private Listing list(Supplier<List<OrphanScan.DataFolder>> unmarked) {
        SessionIndex index = new SessionIndex(places);
        List<DamagedEntry> damaged = new ArrayList<>();
        for (StorageLayout layout : places.layouts()) {
            store.list(layout.markers()).forEachRemaining(object -> {
                SessionMarker marker = layout.readMarker(object.name());
                if (marker instanceof SessionMarker.Sound sound) {
                    index.marker(sound);
                } else if (marker instanceof SessionMarker.Damaged broken) {
                    damaged.add(new DamagedEntry(broken.objectName(), broken.reason()));
                }
            });
        }
        unmarked.get().forEach(data -> index.data(data.session(), data.folder()));
        return new Listing(List.copyOf(index.entries()), List.copyOf(damaged));
    }

    @Override
    public SessionEntry resolve(String namespace, String cluster, String session, String owner) {
        ObjectName.requireSegment("namespace", namespace);
        ObjectName.requireSegment("cluster", cluster);
        SessionName.of(session);
        Owner wanted = Owner.of(owner);
        Link link = new Link(namespace, cluster, session, owner);
        synchronized (resolved) {
            Resolved known = resolved.get(link);
            if (known != null && clock.instant().isBefore(known.until())) {
                return known.entry();
            }
        }
        boolean latest = session.equals(LATEST);
        Optional<SessionEntry> found = latest ? Optional.empty() : search.find(namespace, cluster, session, wanted);
        // An odd marker (mixed case, many underscores) is found by reading all of them.
        SessionEntry entry = found.or(() -> list().sessions().stream()
                .filter(each -> each.key().cluster().namespace().equals(namespace)
                        && each.key().cluster().name().equals(cluster)
                        && (latest || each.key().session().equals(session)) && wanted.accepts(each.key().cluster()))
                .findFirst()).orElseThrow(() -> HistoryException.missing((latest ? "no session" : "no session '" + session + "'")
                        + " of cluster '" + cluster + "' in namespace '" + namespace + "'"
                        + (owner.isEmpty() ? "" : " owned by '" + owner + "'") + " is stored in " + describe()));
        synchronized (resolved) {
            resolved.put(link, new Resolved(entry, clock.instant().plus(latest ? LATEST_FOR : NAMED_FOR)));
        }
        return entry;
    }

    @Override
    public String describe() {
        String prefix = places.root().prefix();
        return store.describe() + (prefix.isEmpty() ? "" : " below '" + prefix + "'");
    }
}
