package io.rayhistory.domain.id;

/** Names one stored session: what a link carries. Two owners of equal cluster and session names are told apart by {@code cluster}'s owner. */
public record SessionKey(ClusterRef cluster, String session) {
}
