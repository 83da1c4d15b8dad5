package io.rayhistory.domain.id;

import java.util.Locale;

/** Which Kubernetes resource owns a RayCluster. */
public enum OwnerKind {
    RAYCLUSTER, RAYJOB, RAYSERVICE;

    /** The folder name in the stores: the lower-case kind. */
    public String folder() {
        return name().toLowerCase(Locale.ROOT);
    }
}
