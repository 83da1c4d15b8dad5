package io.rayhistory.adapters.http;

import io.rayhistory.domain.HistoryException;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Of whom a request wants to know something. Decided by the raw path, as routes are.
 *
 * @param open      whether anybody may ask it: it tells nothing of any session
 * @param namespace {@code ""} if it names no cluster
 * @param cluster   {@code ""} for a namespace as a whole
 * @param session   as named, {@code ""} if it names none
 */
record Guarded(boolean open, String namespace, String cluster, String session) {
    private static final Guarded OPEN = new Guarded(true, "", "", "");
    private static final Guarded UNNAMED = new Guarded(false, "", "", "");
    private static final Set<String> PUBLIC = Set.of("", "login", "livez", "readz", "readyz", "assets", "sessions", "select_cluster", "favicon.ico");
    private static final Set<String> PUBLIC_LEAVES = Set.of("", "login", "livez", "readz", "readyz", "select_cluster", "favicon.ico");
    private static final String HISTORY = "/history/v1/sessions/";
    private static final int SEGMENTS = 5;

    /**
     * @param selected what the cookies name
     * @param verbose  whether a probe's details are asked for
     * @throws HistoryException INVALID for a name that is not properly encoded
     */
    static Guarded by(String rawPath, Optional<SessionSelector.Name> selected, boolean verbose) {
        String[] parts = rawPath.split("/", -1);
        String first = parts.length > 1 ? parts[1] : "";
        if (first.equals("s") && parts.length > SEGMENTS - 2) {
            return named(parts[2], parts[3], parts.length > SEGMENTS - 1 ? parts[4] : "");
        }
        if (rawPath.startsWith(HISTORY) && parts.length > SEGMENTS) {
            return named(parts[4], parts[5], parts.length > SEGMENTS + 1 ? parts[6] : "");
        }
        if (first.equals("enter_cluster") && parts.length >= SEGMENTS) {
            boolean owner = !parts[3].equals("raycluster");
            return named(parts[2], owner ? "" : parts[4], parts.length > SEGMENTS ? parts[5] : "");
        }
        if (PUBLIC.contains(first) && (!first.isEmpty() || selected.isEmpty()) && !(verbose && first.startsWith("read"))
                && (parts.length <= 2 || !PUBLIC_LEAVES.contains(first))) {
            return OPEN;
        }
        if (LiveRequests.OURS.contains(first)) {
            return UNNAMED;
        }
        return selected.map(name -> new Guarded(false, name.namespace(), name.cluster(), name.session())).orElse(UNNAMED);
    }

    private static Guarded named(String namespace, String cluster, String session) {
        return new Guarded(false, SessionNames.decode(namespace), SessionNames.parse(SessionNames.decode(cluster)).name(), SessionNames.decode(session));
    }

    /** The same as text, for the audit. */
    Map<String, String> names() {
        return Map.of("ns", namespace, "cluster", cluster, "session", session);
    }
}
