package io.rayhistory.application.read;

import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.domain.id.SessionKey;
import io.rayhistory.domain.layout.StorageLayout;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Looks up {@link SessionTraces}; remembers up to {@value #MOST} for {@link #KEPT}, as pages ask again. Thread-safe. */
final class TraceReader {
    private static final int MOST = 1_000;
    private static final Duration KEPT = Duration.ofSeconds(2);
    private static final String HEARTBEAT = "history__heartbeat";
    private static final String END = "history__session_end";

    private record Kept(SessionTraces traces, Instant until) {
    }

    private final ObjectStore store;
    private final SessionPlaces places;
    private final InstantSource clock;
    private final Map<SessionKey, Kept> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<SessionKey, Kept> eldest) {
            return size() > MOST;
        }
    };

    TraceReader(ObjectStore store, SessionPlaces places, InstantSource clock) {
        this.store = store;
        this.places = places;
        this.clock = clock;
    }

    /** @throws io.rayhistory.domain.HistoryException UNAVAILABLE if the store does not answer */
    SessionTraces of(SessionKey session) {
        Instant now = clock.instant();
        synchronized (kept) {
            Kept known = kept.get(session);
            if (known != null && now.isBefore(known.until())) {
                return known.traces();
            }
        }
        SessionTraces traces = SessionTraces.NONE;
        SessionKey plain = SessionIndex.withoutOwner(session);
        for (StorageLayout layout : places.layouts()) {
            traces = traces.and(read(layout, session));
            if (!plain.equals(session)) {
                traces = traces.and(read(layout, plain));
            }
        }
        synchronized (kept) {
            kept.put(session, new Kept(traces, now.plus(KEPT)));
        }
        return traces;
    }

    private SessionTraces read(StorageLayout layout, SessionKey session) {
        Instant marker = store.find(layout.markersOf(session.cluster()) + session.session()).map(ObjectInfo::modified)
                .orElse(Instant.EPOCH);
        Instant heartbeat = Instant.EPOCH;
        Instant end = Instant.EPOCH;
        String folder = layout.folders(session).get(0) + "fetched_endpoints/";
        for (Iterator<ObjectInfo> listing = store.list(folder + "history__"); listing.hasNext(); ) {
            ObjectInfo object = listing.next();
            switch (object.name().substring(folder.length())) {
                case HEARTBEAT -> heartbeat = object.modified();
                case END -> end = object.modified();
                default -> { }
            }
        }
        return new SessionTraces(marker, heartbeat, end);
    }
}
