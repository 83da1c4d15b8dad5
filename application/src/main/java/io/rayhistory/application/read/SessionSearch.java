package io.rayhistory.application.read;

import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.domain.id.ClusterRef;
import io.rayhistory.domain.id.OwnerKind;
import io.rayhistory.domain.id.SessionKey;
import io.rayhistory.domain.layout.SessionMarker;
import io.rayhistory.domain.layout.StorageLayout;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Finds one session by its link with a few requests, instead of listing all. Thread-safe. */
final class SessionSearch {
    private static final List<OwnerKind> OWNING = List.of(OwnerKind.RAYJOB, OwnerKind.RAYSERVICE);

    private final ObjectStore store;
    private final SessionPlaces places;

    SessionSearch(ObjectStore store, SessionPlaces places) {
        this.store = store;
        this.places = places;
    }

    /** The session, marked or not; empty if it is not where its link tells. */
    Optional<SessionEntry> find(String namespace, String cluster, String session, Owner owner) {
        SessionIndex index = new SessionIndex(places);
        ClusterRef plain = ClusterRef.plain(namespace, cluster);
        boolean owned = owner.kind().isPresent() && owner.kind().get() != OwnerKind.RAYCLUSTER;
        if (owned) {
            ClusterRef ref = new ClusterRef(namespace, cluster, owner.kind().get(), owner.name());
            markers(index, places.newer(), new SessionKey(ref, session));
            if (index.entries().isEmpty()) {
                data(index, new SessionKey(ref, session), true);
            }
        } else {
            markers(index, places.layouts(), new SessionKey(plain, session));
            if (owner.kind().isEmpty()) {
                ownedMarkers(index, plain, session);
            }
            if (index.entries().isEmpty()) {
                if (owner.kind().isEmpty()) {
                    ownersOf(namespace, cluster).forEach(ref -> data(index, new SessionKey(ref, session), true));
                }
                data(index, new SessionKey(plain, session), false);
            }
        }
        return index.entries().stream().findFirst();
    }

    private void markers(SessionIndex index, List<StorageLayout> layouts, SessionKey key) {
        for (StorageLayout layout : layouts) {
            String name = layout.markersOf(key.cluster()) + key.session();
            if (store.find(name).isPresent() && layout.readMarker(name) instanceof SessionMarker.Sound sound) {
                index.marker(sound);
            }
        }
    }

    /** The owner is not in the link: it stands between the namespace and the cluster in the name. */
    private void ownedMarkers(SessionIndex index, ClusterRef plain, String session) {
        for (StorageLayout layout : places.newer()) {
            for (OwnerKind kind : OWNING) {
                String prefix = layout.markers() + kind.folder() + "/" + plain.namespace() + "_";
                for (Iterator<ObjectInfo> listing = store.list(prefix); listing.hasNext(); ) {
                    ObjectInfo object = listing.next();
                    if (object.name().endsWith("_" + plain.name() + "/" + session)
                            && layout.readMarker(object.name()) instanceof SessionMarker.Sound sound
                            && sound.session().cluster().name().equals(plain.name())) {
                        index.marker(sound);
                    }
                }
            }
        }
    }

    private List<ClusterRef> ownersOf(String namespace, String cluster) {
        List<ClusterRef> refs = new ArrayList<>();
        for (String prefix : places.root().readPrefixes()) {
            for (OwnerKind kind : OWNING) {
                String parent = prefix + "cluster-history/" + kind.folder() + "/" + namespace + "/";
                store.listFolder(parent).forEachRemaining(child -> {
                    if (child.endsWith("/") && child.length() > parent.length() + 1) {
                        String owner = child.substring(parent.length(), child.length() - 1);
                        refs.add(new ClusterRef(namespace, cluster, kind, owner));
                    }
                });
            }
        }
        return refs;
    }

    /** @param ownFolder look into the owner's folder only, not into those that every owner's session shares */
    private void data(SessionIndex index, SessionKey key, boolean ownFolder) {
        for (StorageLayout layout : ownFolder ? places.newer() : places.layouts()) {
            String folder = layout.folders(key).get(0);
            if (store.list(folder).hasNext()) {
                index.data(key, folder);
            }
        }
    }
}
