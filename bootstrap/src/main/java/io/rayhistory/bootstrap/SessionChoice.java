package io.rayhistory.bootstrap;

import io.rayhistory.application.read.SessionCatalog;
import io.rayhistory.application.read.SessionEntry;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.id.ClusterRef;
import io.rayhistory.domain.id.OwnerKind;
import io.rayhistory.domain.id.SessionKey;

import java.util.List;
import java.util.stream.Collectors;

/** Picks the session that is meant. */
final class SessionChoice {
    private static final int NAMED_AT_MOST = 10;

    private SessionChoice() {
    }

    static SessionEntry resolve(SessionCatalog catalog, SessionKey key) {
        ClusterRef cluster = key.cluster();
        String owner = cluster.ownerKind() == OwnerKind.RAYCLUSTER ? "" : cluster.ownerKind().folder() + "/" + cluster.ownerName();
        return catalog.resolve(cluster.namespace(), cluster.name(), key.session(), owner);
    }

    /**
     * @param wanted a session's name, {@code NAMESPACE/CLUSTER/NAME}, or {@code ""} for the newest
     * @throws HistoryException MISSING if nothing fits, INVALID if several do
     */
    static SessionEntry among(SessionCatalog catalog, String wanted, Terminal terminal) {
        List<SessionEntry> all = catalog.list().sessions();
        if (all.isEmpty()) {
            throw HistoryException.missing("no session is stored in " + catalog.describe());
        }
        if (wanted.isEmpty()) {
            if (all.size() > 1) {
                terminal.note("Taking the newest of " + all.size() + " sessions; --session NAME takes another:\n" + names(all));
            }
            return all.get(0);
        }
        List<SessionEntry> fitting = all.stream()
                .filter(entry -> wanted.equals(entry.key().session()) || wanted.equals(fullName(entry)))
                .toList();
        if (fitting.size() == 1) {
            return fitting.get(0);
        }
        throw fitting.isEmpty()
                ? HistoryException.missing("--session " + wanted + ": no such session in " + catalog.describe()
                        + "; there are\n" + names(all))
                : HistoryException.invalid("--session " + wanted + " fits several; name one of\n" + names(fitting));
    }

    private static String names(List<SessionEntry> entries) {
        String names = entries.stream().limit(NAMED_AT_MOST).map(entry -> "  " + fullName(entry)).collect(Collectors.joining("\n"));
        return entries.size() > NAMED_AT_MOST ? names + "\n  and " + (entries.size() - NAMED_AT_MOST) + " more" : names;
    }

    private static String fullName(SessionEntry entry) {
        ClusterRef cluster = entry.key().cluster();
        return cluster.namespace() + "/" + cluster.name() + "/" + entry.key().session();
    }
}
