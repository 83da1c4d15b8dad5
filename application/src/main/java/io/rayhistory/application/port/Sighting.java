package io.rayhistory.application.port;

import java.time.Instant;
import java.util.List;

/** What is known about one RayCluster now. */
public sealed interface Sighting {

    /** There is no Kubernetes to ask, or KubeRay is not installed there. */
    record NotConfigured() implements Sighting {
    }

    /** Its namespace is not among those watched. */
    record NotWatched() implements Sighting {
    }

    /** It does not exist. @param asOf when the API server last confirmed what we know */
    record Absent(Instant asOf) implements Sighting {
    }

    /**
     * It exists.
     *
     * @param clusters one, or several if more than one API server has a cluster of that name; never empty
     * @param asOf     when the API server last confirmed what we know
     */
    record Present(List<LiveCluster> clusters, Instant asOf) implements Sighting {
        public Present {
            clusters = List.copyOf(clusters);
        }
    }

    /**
     * Nobody can tell: an API server does not answer, refuses us, or has not answered for the first time.
     *
     * @param wasAbsent true if the last answer was that it does not exist; false also if there never was an answer
     * @param lastKnown what existed by the last answer; may be empty
     * @param since     when the trouble began
     * @param reason    for people
     */
    record Unavailable(boolean wasAbsent, List<LiveCluster> lastKnown, Instant since, String reason) implements Sighting {
        public Unavailable {
            lastKnown = List.copyOf(lastKnown);
        }
    }
}
