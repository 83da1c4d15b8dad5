package io.rayhistory.adapters.http;

import io.rayhistory.application.read.SessionEntry;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.id.ClusterRef;
import io.rayhistory.domain.id.OwnerKind;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * How links spell sessions: {@code /s/NAMESPACE/CLUSTER/SESSION}. Where sessions differ in nothing but their owner, the
 * cluster reads {@code CLUSTER@rayjob:OWNER}; Kubernetes allows neither sign in a name.
 */
final class SessionNames {

    /** A cluster segment: the name, and the owner as the catalog wants it, {@code ""} for any. */
    record Cluster(String name, String owner) {
    }

    private SessionNames() {
    }

    static Cluster parse(String segment) {
        int at = segment.indexOf('@');
        if (at < 0) {
            return new Cluster(segment, "");
        }
        String owner = segment.substring(at + 1);
        int colon = owner.indexOf(':');
        String kind = colon < 0 ? owner : owner.substring(0, colon);
        return new Cluster(segment.substring(0, at), owner(kind, colon < 0 ? "" : owner.substring(colon + 1)));
    }

    /** The owner as the catalog wants it. */
    static String owner(String kind, String name) {
        for (OwnerKind known : OwnerKind.values()) {
            if (known.folder().equals(kind.toLowerCase(Locale.ROOT))) {
                return known == OwnerKind.RAYCLUSTER ? known.folder() : known.folder() + "/" + name;
            }
        }
        throw HistoryException.invalid("owner kind '" + kind + "' is not one of raycluster, rayjob, rayservice");
    }

    /** The base path of a session, relative to the server's root, with a trailing slash. */
    static String base(SessionEntry entry, boolean tellOwner) {
        ClusterRef cluster = entry.key().cluster();
        String name = cluster.name();
        if (tellOwner) {
            name += "@" + cluster.ownerKind().folder()
                    + (cluster.ownerName().isEmpty() ? "" : ":" + cluster.ownerName());
        }
        return "s/" + encode(cluster.namespace()) + "/" + encode(name) + "/" + encode(entry.key().session()) + "/";
    }

    /** Percent-encodes one path segment or cookie value. */
    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("%40", "@").replace("%3A", ":");
    }

    /** Undoes {@link #encode}. */
    static String decode(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw HistoryException.invalid("'" + text + "' has a percent sign without two hex digits behind it");
        }
    }
}
