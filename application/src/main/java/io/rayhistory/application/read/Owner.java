package io.rayhistory.application.read;

import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.id.ClusterRef;
import io.rayhistory.domain.id.OwnerKind;
import io.rayhistory.domain.layout.ObjectName;

import java.util.Optional;

/** Which owner a link means. @param kind empty for any; then and for RAYCLUSTER the name is {@code ""} */
record Owner(Optional<OwnerKind> kind, String name) {

    /**
     * Reads {@code ""}, {@code raycluster}, {@code rayjob/NAME} or {@code rayservice/NAME}.
     *
     * @throws HistoryException INVALID for anything else
     */
    static Owner of(String text) {
        if (text.isEmpty()) {
            return new Owner(Optional.empty(), "");
        }
        for (OwnerKind kind : OwnerKind.values()) {
            if (kind == OwnerKind.RAYCLUSTER ? text.equals(kind.folder()) : text.startsWith(kind.folder() + "/")) {
                String name = kind == OwnerKind.RAYCLUSTER ? ""
                        : ObjectName.requireSegment("owner name", text.substring(kind.folder().length() + 1));
                return new Owner(Optional.of(kind), name);
            }
        }
        throw HistoryException.invalid("owner '" + text.replaceAll("\\p{Cntrl}", "?")
                + "' is not understood: expected raycluster, rayjob/NAME or rayservice/NAME");
    }

    boolean accepts(ClusterRef cluster) {
        return kind.isEmpty() || kind.get() == cluster.ownerKind() && name.equals(cluster.ownerName());
    }
}
