package io.rayhistory.adapters.http.api;

import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.read.SessionLogs;
import io.rayhistory.application.read.StoredSession;
import io.rayhistory.domain.history.SessionHistory;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What only the beginnings of some log files tell about a session. Read on first use, kept as long as the session is.
 * Facts that no log tells are {@code ""}.
 */
final class LogFacts {
    private static final int HEAD = 64 * 1024;
    private static final List<String> TELLING = List.of("gcs_server.out", "monitor.log", "raylet.out");
    private static final Pattern COMMIT =
            Pattern.compile("ray_commit=([0-9a-f]{7,64})|Ray commit: ([0-9a-f]{7,64})");
    private static final Pattern CLUSTER = Pattern.compile("[Cc]luster ID to: ?([0-9a-f]{56})");
    private static final Pattern SESSION_DIR = Pattern.compile("--logs-dir=(/[^'\"\\s]+)/logs['\"\\s]");

    private record Facts(String commit, String clusterId, String sessionDir, Map<String, DebugState> states) {
    }

    private final Map<SessionHistory, Facts> known = new WeakHashMap<>();

    String rayCommit(StoredSession session) {
        return facts(session).commit();
    }

    String clusterId(StoredSession session) {
        return facts(session).clusterId();
    }

    /** The session's folder on the head's disk. */
    String sessionDir(StoredSession session) {
        return facts(session).sessionDir();
    }

    /** What the node's raylet said last about its resources. */
    DebugState debugState(StoredSession session, String nodeId) {
        return facts(session).states().getOrDefault(nodeId, DebugState.UNKNOWN);
    }

    private Facts facts(StoredSession session) {
        synchronized (known) {
            Facts facts = known.get(session.history());
            if (facts != null) {
                return facts;
            }
        }
        Facts read = read(session.logs());
        synchronized (known) {
            known.put(session.history(), read);
        }
        return read;
    }

    private static Facts read(SessionLogs logs) {
        Map<String, DebugState> states = new HashMap<>();
        String commit = "";
        String cluster = "";
        String dir = "";
        for (String node : logs.nodes()) {
            head(logs, node, "debug_state.txt").map(DebugState::parse).filter(DebugState::known)
                    .ifPresent(state -> states.put(node, state));
            for (String name : TELLING) {
                if (commit.isEmpty() || cluster.isEmpty() || dir.isEmpty()) {
                    String text = head(logs, node, name).orElse("");
                    commit = commit.isEmpty() ? first(COMMIT, text) : commit;
                    cluster = cluster.isEmpty() ? first(CLUSTER, text) : cluster;
                    dir = dir.isEmpty() ? first(SESSION_DIR, text) : dir;
                }
            }
        }
        return new Facts(commit, cluster, dir, states);
    }

    private static Optional<String> head(SessionLogs logs, String node, String name) {
        Optional<ObjectInfo> file = logs.find(node, name);
        return file.map(f -> logs.read(f, 0, HEAD,
                (in, object) -> new String(in.readNBytes(HEAD), StandardCharsets.UTF_8)));
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            return "";
        }
        for (int group = 1; group <= matcher.groupCount(); group++) {
            if (matcher.group(group) != null) {
                return matcher.group(group);
            }
        }
        return "";
    }
}
