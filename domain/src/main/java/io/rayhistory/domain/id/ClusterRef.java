package io.rayhistory.domain.id;

import java.util.Locale;

/**
 * A RayCluster by namespace and name, and who owns it. The texts are kept exactly as stored; they may be foreign names.
 *
 * @param ownerName {@code ""} exactly when {@code ownerKind} is {@link OwnerKind#RAYCLUSTER}
 */
public record ClusterRef(String namespace, String name, OwnerKind ownerKind, String ownerName) {

    public ClusterRef {
        if ((ownerKind == OwnerKind.RAYCLUSTER) != ownerName.isEmpty()) {
            throw new IllegalArgumentException("owner kind " + ownerKind + " with owner name '" + ownerName + "'");
        }
    }

    public static ClusterRef plain(String namespace, String name) {
        return new ClusterRef(namespace, name, OwnerKind.RAYCLUSTER, "");
    }

    /**
     * The cluster as collectors are told of it. The owner counts only with both a name and one of the kinds {@code
     * RayJob} and {@code RayService}, in any case.
     */
    public static ClusterRef of(String namespace, String name, String ownerKind, String ownerName) {
        String kind = ownerKind.strip().toUpperCase(Locale.ROOT);
        boolean owned = !ownerName.isEmpty() && (kind.equals("RAYJOB") || kind.equals("RAYSERVICE"));
        return owned ? new ClusterRef(namespace, name, OwnerKind.valueOf(kind), ownerName) : plain(namespace, name);
    }
}
