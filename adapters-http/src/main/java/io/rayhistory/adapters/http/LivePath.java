package io.rayhistory.adapters.http;

import io.rayhistory.domain.HistoryException;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a request for a running session asks of its dashboard.
 *
 * @param namespace a DNS label
 * @param cluster   a DNS label
 * @param session   {@code live} for whatever runs, else a session's name
 * @param prefix    what the dashboard must not see of the raw path; {@code ""} if cookies name the session
 * @param rest      the raw path behind it, with its slash; {@code ""} if nothing follows
 */
record LivePath(String namespace, String cluster, String session, String prefix, String rest) {
    static final String LIVE = "live";
    private static final int LONGEST = 8 * 1024;
    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern PARENT = Pattern.compile("(^|/)(\\.|%(25)*2[eE]){2}(/|$|;|%(25)*2[fF])");
    private static final Pattern BAD = Pattern.compile("\\\\|%(25)*5[cC]|%(25)*[01][0-9a-fA-F]|%(25)*7[fF]|[\\x00-\\x1f\\x7f]|%(25)*2[fF](\\.|%(25)*2[eE]){2}");
    /** Answered though GET, these act on the cluster or show more than its dashboard's pages do. */
    private static final Pattern PROFILING = Pattern.compile("/task/.*|/worker/[^/]*_profile|/worker/traceback|/memory_profile|"
            + "/api/v0/delay/.*|/test/.*|/api/packages/.*|/api/prometheus/sd");
    private static final int SEGMENTS = 6;

    /** The session that a path below {@code /s/} names; empty for one that cannot be a cluster's of Kubernetes. */
    static Optional<LivePath> below(String rawPath) {
        String[] parts = rawPath.split("/", SEGMENTS);
        if (parts.length < SEGMENTS - 1 || !parts[0].isEmpty() || !parts[1].equals("s")) {
            return Optional.empty();
        }
        String prefix = "/s/" + parts[2] + "/" + parts[3] + "/" + parts[4];
        return of(SessionNames.decode(parts[2]), SessionNames.parse(SessionNames.decode(parts[3])).name(),
                SessionNames.decode(parts[4]), prefix, rawPath.substring(prefix.length()));
    }

    static Optional<LivePath> of(String namespace, String cluster, String session, String prefix, String rest) {
        boolean possible = DNS_LABEL.matcher(namespace).matches() && DNS_LABEL.matcher(cluster).matches()
                && (session.equals(LIVE) || session.startsWith("session_"));
        return possible ? Optional.of(new LivePath(namespace, cluster, session, prefix, rest)) : Optional.empty();
    }

    /** @throws HistoryException INVALID for a path that could mean another one to the dashboard, or is too long */
    void check() {
        if (rest.length() > LONGEST) {
            throw HistoryException.invalid("the path has more than " + LONGEST + " characters");
        }
        if (rest.startsWith("//") || PARENT.matcher(rest).find() || BAD.matcher(rest).find()) {
            throw HistoryException.invalid("the path has a part that is not passed on: expected none of .., //, backslash, control characters");
        }
    }

    /** Whether the path is one of those that are only for who may use the cluster itself. */
    boolean profiles() {
        return PROFILING.matcher(SessionNames.decode(rest)).matches();
    }

    /** Where the same is stored. */
    String stored() {
        return "/s/" + namespace + "/" + cluster + "/" + (session.equals(LIVE) ? "latest" : SessionNames.encode(session)) + "/";
    }
}
