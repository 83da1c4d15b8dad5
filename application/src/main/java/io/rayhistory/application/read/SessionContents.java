package io.rayhistory.application.read;

import io.rayhistory.application.port.ObjectInfo;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;

/**
 * The objects of one session, whichever layouts they lie in. Immutable.
 *
 * @param eventFiles all event files, in name order of each place; node and job events alike, since only the event itself
 *                   tells what it is
 * @param logs       node id to (name below that node's {@code logs/} to object)
 * @param endpoints  key of a fetched endpoint ({@code restful__…}, {@code history__…}) to object
 */
record SessionContents(List<ObjectInfo> eventFiles, SortedMap<String, SortedMap<String, ObjectInfo>> logs,
                       SortedMap<String, ObjectInfo> endpoints) {

    SessionContents {
        eventFiles = List.copyOf(eventFiles);
        logs = Collections.unmodifiableSortedMap(logs);
        endpoints = Collections.unmodifiableSortedMap(endpoints);
    }

    /** True if nothing at all is stored. */
    boolean isEmpty() {
        return eventFiles.isEmpty() && logs.isEmpty() && endpoints.isEmpty();
    }
}
