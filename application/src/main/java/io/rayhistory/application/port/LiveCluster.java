package io.rayhistory.application.port;

import io.rayhistory.domain.id.ClusterRef;

import java.time.Instant;

/**
 * A RayCluster as Kubernetes knows it now.
 *
 * @param cluster    with the RayJob or RayService that owns it
 * @param context    which of the configured API servers has it; for people
 * @param uid        another one means another cluster, however equal the names
 * @param createdAt  by the API server's clock
 * @param deleting   deletion was asked for; still there
 * @param suspension whether it is put to sleep
 * @param rayVersion as its spec says, {@code ""} if it does not
 */
public record LiveCluster(ClusterRef cluster, String context, String uid, Instant createdAt, boolean deleting,
                          Suspension suspension, ClusterHead head, HeadAuth auth, String rayVersion) {

    /**
     * Whether the operator has removed all pods on request.
     *
     * @param since when that last changed, {@link Instant#EPOCH} if it never did
     */
    public record Suspension(Phase phase, Instant since) {
        /** Never suspended. */
        public static final Suspension NEVER = new Suspension(Phase.AWAKE, Instant.EPOCH);

        /** From awake to asleep. */
        public enum Phase {
            /** Wanted to run. */
            AWAKE,
            /** On its way to sleep. */
            SUSPENDING,
            /** No pods are left. */
            SUSPENDED
        }
    }

    /** The earliest time at which the present head can have started: what was written before is not its work. */
    public Instant headNotBefore() {
        return suspension.since().isAfter(createdAt) ? suspension.since() : createdAt;
    }

    /** True if {@code other} is the same cluster with the same head: what was learnt from that head still holds. */
    public boolean sameHead(LiveCluster other) {
        return uid.equals(other.uid) && context.equals(other.context) && head.podName().equals(other.head.podName())
                && head.address().equals(other.head.address()) && head.serviceName().equals(other.head.serviceName())
                && suspension.equals(other.suspension);
    }
}
