package io.rayhistory.application.read;

import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.domain.id.ClusterRef;
import io.rayhistory.domain.layout.SessionObject;

import java.lang.System.Logger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Finds the objects of a session in all places where collectors put them: one session may be split over both layouts (a
 * collector upgraded half way), or over its owner's folder and the plain one (an owner told to some collectors only).
 * Thread-safe.
 */
final class SessionLocator {
    private static final Logger LOG = System.getLogger(SessionLocator.class.getName());

    private final ObjectStore store;
    private final SessionPlaces places;

    /** @param rootDir the configured root as given; see {@link io.rayhistory.domain.layout.RootDir} for its cleaning */
    SessionLocator(ObjectStore store, String rootDir) {
        this.store = store;
        this.places = SessionPlaces.of(rootDir);
    }

    /**
     * What is stored of the session now; empty when nothing is.
     *
     * @throws io.rayhistory.domain.HistoryException UNAVAILABLE if any listing fails
     */
    SessionContents locate(SessionEntry entry) {
        List<ObjectInfo> eventFiles = new ArrayList<>();
        SortedMap<String, SortedMap<String, ObjectInfo>> logs = new TreeMap<>();
        SortedMap<String, ObjectInfo> endpoints = new TreeMap<>();
        Set<String> folders = new LinkedHashSet<>(entry.folders());
        folders.addAll(places.folders(entry.key()));
        for (String folder : folders) {
            for (Iterator<ObjectInfo> listing = store.list(folder); listing.hasNext(); ) {
                ObjectInfo object = listing.next();
                Optional<SessionObject> known = SessionObject.read(object.name().substring(folder.length()));
                known.ifPresent(what -> {
                    switch (what.kind()) {
                        case EVENTS -> eventFiles.add(object);
                        case LOG -> logs.computeIfAbsent(what.nodeId(), node -> new TreeMap<>())
                                .merge(what.name(), object, SessionLocator::longer);
                        case ENDPOINT -> endpoints.merge(what.name(), object, SessionLocator::newer);
                    }
                });
            }
        }
        addEarlyMetadata(entry, endpoints);
        return new SessionContents(eventFiles, logs, endpoints);
    }

    /** For one day in February 2026 the peer wrote this one answer elsewhere (generation A, 23 Feb 2026). */
    private void addEarlyMetadata(SessionEntry entry, SortedMap<String, ObjectInfo> endpoints) {
        String key = "restful__api__v0__cluster_metadata";
        ClusterRef cluster = entry.key().cluster();
        for (String prefix : places.root().readPrefixes()) {
            if (endpoints.isEmpty()) {
                store.find(prefix + cluster.name() + "_" + cluster.namespace() + "/meta/" + entry.key().session() + "/" + key)
                        .ifPresent(object -> endpoints.put(key, object));
            }
        }
    }

    private static ObjectInfo longer(ObjectInfo one, ObjectInfo other) {
        ObjectInfo kept = other.length() > one.length() ? other : one;
        LOG.log(Logger.Level.DEBUG, () -> "the same log twice: " + one.name() + " (" + one.length() + " bytes) and "
                + other.name() + " (" + other.length() + " bytes); the longer one is used");
        return kept;
    }

    private static ObjectInfo newer(ObjectInfo one, ObjectInfo other) {
        return other.modified().isAfter(one.modified()) ? other : one;
    }
}
