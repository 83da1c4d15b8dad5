package io.rayhistory.bootstrap;

import io.rayhistory.application.port.ClusterHead;
import io.rayhistory.application.port.HeadAuth;
import io.rayhistory.application.port.HeadToken;
import io.rayhistory.application.port.HeadTokens;
import io.rayhistory.application.port.LiveCluster;
import io.rayhistory.application.port.LiveClusters;
import io.rayhistory.application.port.Sighting;
import io.rayhistory.domain.id.ClusterRef;

import java.time.Instant;
import java.util.List;

/** A Kubernetes with one RayCluster, {@code ray-a/c1}, whose status says what a test wants. */
final class OneCluster implements LiveClusters, HeadTokens {
    private volatile ClusterHead head;
    private volatile HeadAuth auth = HeadAuth.NONE;
    private volatile List<HeadToken> tokens = List.of();
    private volatile List<HeadToken> after = List.of();

    OneCluster(String address, int port) {
        moves(address, port);
    }

    void moves(String address, int port) {
        head = new ClusterHead(true, "c1-head", address, "", port);
    }

    /** @param rotated what the Secret says when it is read again */
    void secret(String token, String rotated) {
        auth = new HeadAuth(HeadAuth.Mode.TOKEN, "c1", "");
        tokens = List.of(new HeadToken(token));
        after = List.of(new HeadToken(rotated));
    }

    private LiveCluster cluster() {
        return new LiveCluster(ClusterRef.plain("ray-a", "c1"), "test", "uid-" + head.address(), Instant.EPOCH, false, LiveCluster.Suspension.NEVER,
                head, auth, "2.60.0");
    }

    @Override
    public Sighting find(String namespace, String name) {
        return namespace.equals("ray-a") && name.equals("c1") ? new Sighting.Present(List.of(cluster()), Instant.now())
                : new Sighting.Absent(Instant.now());
    }

    @Override
    public Listing list() {
        return new Listing(List.of(cluster()), Instant.now(), true, List.of());
    }

    @Override
    public String activeCluster(String namespace, String service) {
        return "";
    }

    @Override
    public Health health() {
        return new Health(Health.Status.OK, Instant.now(), "");
    }

    @Override
    public List<HeadToken> tokens(LiveCluster cluster) {
        return tokens;
    }

    @Override
    public void refused(LiveCluster cluster) {
        tokens = after;
    }

    @Override
    public void close() {
    }
}
