package io.rayhistory.adapters.http;

import io.javalin.http.Context;
import io.rayhistory.application.read.SessionCatalog;
import io.rayhistory.application.read.SessionEntry;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.id.ClusterRef;
import io.rayhistory.domain.id.SessionKey;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the session that a request means: by its base path, by the cookies of {@code /enter_cluster}, or the only one
 * there is. Answers of the catalog are kept for {@link #KEPT}, at most {@value #KEPT_NAMES} of them, because every page
 * of the web client asks a dozen questions about one session. Thread-safe.
 */
final class SessionSelector {
    private static final Duration KEPT = Duration.ofSeconds(10);
    private static final int KEPT_NAMES = 1_000;
    private static final int COOKIE_SECONDS = 600;
    private static final String SELECT_FIRST =
            "select a cluster first: open / or /enter_cluster/{namespace}/{kind}/{name}, or use a base path such as "
                    + "/s/{namespace}/{cluster}/{session}";

    record Name(String namespace, String cluster, String session, String owner) {
    }

    private record Kept(SessionEntry entry, Instant until) {
    }

    private final SessionCatalog catalog;
    private final Optional<SessionKey> single;
    private final InstantSource clock;
    private final Map<Name, Kept> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Name, Kept> eldest) {
            return size() > KEPT_NAMES;
        }
    };

    SessionSelector(SessionCatalog catalog, Optional<SessionKey> single, InstantSource clock) {
        this.catalog = catalog;
        this.single = single;
        this.clock = clock;
    }

    /** Below a base path: the session its segments name. */
    SessionEntry byPath(Map<String, String> pathParams) {
        SessionNames.Cluster cluster = SessionNames.parse(pathParams.get("cluster"));
        return find(pathParams.get("namespace"), cluster.name(), pathParams.get("session"), cluster.owner());
    }

    /** At the root: the only session, or the one the cookies name. */
    SessionEntry byRoot(Map<String, String> cookies) {
        if (single.isPresent()) {
            ClusterRef cluster = single.get().cluster();
            String owner = SessionNames.owner(cluster.ownerKind().folder(), cluster.ownerName());
            return find(cluster.namespace(), cluster.name(), single.get().session(), owner);
        }
        if (!selected(cookies)) {
            throw HistoryException.invalid(SELECT_FIRST);
        }
        String kind = cookie(cookies, "owner_kind");
        String owner = kind.isEmpty() ? "" : SessionNames.owner(kind, cookie(cookies, "owner_name"));
        return find(cookie(cookies, "cluster_namespace"), cookie(cookies, "cluster_name"),
                cookie(cookies, "session_name"), owner);
    }

    /** The session that the cookies of {@code /enter_cluster} name, as they name it. */
    Optional<Name> cookies(Map<String, String> cookies) {
        return single.isPresent() || !selected(cookies) ? Optional.empty() : Optional.of(new Name(cookie(cookies, "cluster_namespace"),
                cookie(cookies, "cluster_name"), cookie(cookies, "session_name"), ""));
    }

    /** True if the root means a session for whoever sends these cookies. */
    boolean selected(Map<String, String> cookies) {
        return single.isPresent() || cookies.containsKey("cluster_namespace") && cookies.containsKey("cluster_name")
                && cookies.containsKey("session_name");
    }

    SessionEntry find(String namespace, String cluster, String session, String owner) {
        if (session.equals("live")) {
            throw HistoryException.missing("running clusters are not served here; stored sessions start with session_");
        }
        Name name = new Name(namespace, cluster, session, owner);
        Instant now = clock.instant();
        synchronized (kept) {
            Kept known = kept.get(name);
            if (known != null && now.isBefore(known.until())) {
                return known.entry();
            }
        }
        SessionEntry entry = catalog.resolve(namespace, cluster, session, owner);
        synchronized (kept) {
            kept.put(name, new Kept(entry, now.plus(KEPT)));
        }
        return entry;
    }

    /** Lets the browser name this session by cookies from now on. */
    void remember(Context ctx, SessionEntry entry) {
        remember(ctx, entry.key().cluster(), entry.key().session());
    }

    void remember(Context ctx, ClusterRef cluster, String session) {
        set(ctx, "cluster_name", cluster.name());
        set(ctx, "cluster_namespace", cluster.namespace());
        set(ctx, "session_name", session);
        set(ctx, "owner_kind", cluster.ownerKind().folder());
        set(ctx, "owner_name", cluster.ownerName());
    }

    private static void set(Context ctx, String name, String value) {
        ctx.res().addHeader("Set-Cookie", name + "=" + SessionNames.encode(value) + "; Path=/; Max-Age=" + COOKIE_SECONDS
                + "; HttpOnly; SameSite=Lax");
    }

    private static String cookie(Map<String, String> cookies, String name) {
        return SessionNames.decode(cookies.getOrDefault(name, ""));
    }
}
