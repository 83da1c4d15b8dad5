package io.rayhistory.adapters.kubernetes;

import io.rayhistory.application.port.LiveCluster;
import io.rayhistory.application.port.Sighting;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Makes one of what several API servers say about one name. */
final class Sightings {
    private Sightings() {
    }

    static Sighting together(List<Sighting> all) {
        List<LiveCluster> present = new ArrayList<>();
        List<LiveCluster> lastKnown = new ArrayList<>();
        Instant asOf = Instant.MAX;
        boolean watched = false;
        boolean configured = false;
        boolean wasAbsent = true;
        Sighting.Unavailable trouble = null;
        for (Sighting each : all) {
            if (each instanceof Sighting.Present here) {
                present.addAll(here.clusters());
                asOf = earlier(asOf, here.asOf());
            } else if (each instanceof Sighting.Absent absent) {
                watched = true;
                asOf = earlier(asOf, absent.asOf());
            } else if (each instanceof Sighting.Unavailable unavailable) {
                trouble = unavailable;
                wasAbsent &= unavailable.wasAbsent();
                lastKnown.addAll(unavailable.lastKnown());
            } else if (each instanceof Sighting.NotWatched) {
                configured = true;
            }
        }
        if (!present.isEmpty()) {
            return new Sighting.Present(present, asOf);
        }
        if (trouble != null) {
            return new Sighting.Unavailable(wasAbsent, lastKnown, trouble.since(), trouble.reason());
        }
        return watched ? new Sighting.Absent(asOf) : configured ? new Sighting.NotWatched() : new Sighting.NotConfigured();
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
