package io.rayhistory.bootstrap;

import io.rayhistory.adapters.json.JacksonEventCodec;
import io.rayhistory.application.port.EventCodec;
import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.domain.event.RayEvent;

import java.util.Iterator;

/** Reads event files of a session's folder just far enough to learn the session's name. */
final class SessionPeek {
    private static final int MAX_FILES = 20;

    private final ObjectStore store;

    SessionPeek(ObjectStore store) {
        this.store = store;
    }

    /** {@code ""} if no event of the first files tells. */
    String sessionName() {
        int files = 0;
        for (Iterator<ObjectInfo> all = store.list(""); all.hasNext() && files < MAX_FILES; ) {
            String name = all.next().name();
            if (name.contains("node_events/") || name.contains("job_events/")) {
                files++;
                String found = sessionName(name);
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return "";
    }

    private String sessionName(String object) {
        FirstName first = new FirstName();
        try {
            store.read(object, 0, ObjectStore.TO_END, "", (in, info) -> {
                new JacksonEventCodec().decode(in, first);
                return "";
            });
        } catch (Enough e) {
            return first.name;
        }
        return "";
    }

    private static final class FirstName implements EventCodec.Sink {
        private String name = "";

        @Override
        public void event(RayEvent event) {
            if (!event.envelope().sessionName().isEmpty()) {
                name = event.envelope().sessionName();
                throw new Enough();
            }
        }

        @Override
        public void damage(EventCodec.Damage damage, String detail) {
            // The load that follows counts it.
        }
    }

    /** Ends the reading of a file that may be long; nothing failed. */
    private static final class Enough extends RuntimeException {
        Enough() {
            super("", null, false, false);
        }
    }
}
