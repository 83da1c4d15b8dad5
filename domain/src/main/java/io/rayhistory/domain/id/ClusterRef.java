package io.rayhistory.domain.id;

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
}
