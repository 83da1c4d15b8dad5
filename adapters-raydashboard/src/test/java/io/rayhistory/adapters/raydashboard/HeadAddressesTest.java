package io.rayhistory.adapters.raydashboard;

import io.rayhistory.application.port.ClusterHead;
import io.rayhistory.application.port.HeadAuth;
import io.rayhistory.application.port.LiveCluster;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.id.ClusterRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** What a cluster's status may and may not lead to. */
final class HeadAddressesTest {
    private static final List<String> EVERYTHING = List.of("0.0.0.0/0", "::/0");

    private static LiveCluster cluster(String address, String service, int port) {
        return new LiveCluster(ClusterRef.plain("ray-a", "c1"), "one", "uid", Instant.EPOCH, false, LiveCluster.Suspension.NEVER,
                new ClusterHead(true, "pod", address, service, port), HeadAuth.NONE, "");
    }

    private static HeadAddresses allowing(List<String> ranges) {
        return new HeadAddresses(ranges, HeadAddresses.PORTS, "cluster.local");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.1.2.3", "172.31.0.1", "192.168.7.7", "100.127.0.9", "fd00::1"})
    void privateAddressesAreWhereHeadsAre(String address) {
        HeadAddresses heads = allowing(HeadAddresses.PRIVATE);
        assertEquals(8265, heads.of(cluster(address, "", 8265)).getPort());
    }

    @ParameterizedTest
    @ValueSource(strings = {"169.254.169.254", "127.0.0.1", "8.8.8.8", "::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "fe80::1",
            "224.0.0.1", "0.0.0.0", "172.32.0.1"})
    void specialAndForeignAddressesAreNot(String address) {
        assertThrows(HistoryException.class, () -> allowing(HeadAddresses.PRIVATE).of(cluster(address, "", 8265)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"169.254.169.254", "127.0.0.1", "::1", "fe80::1", "224.0.0.1", "0.0.0.0"})
    void whatIsSpecialIsNotMeantByAllowingEverything(String address) {
        assertThrows(HistoryException.class, () -> allowing(EVERYTHING).of(cluster(address, "", 8265)));
    }

    @Test
    void loopbackIsReachedWhenItIsNamed() {
        assertEquals("127.0.0.5", allowing(List.of("127.0.0.0/8")).of(cluster("127.0.0.5", "", 8265)).getAddress().getHostAddress());
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example/x?y=", "a.b", "localhost:80", "-a", "a b", ""})
    void onlyALabelIsTheNameOfAService(String service) {
        HistoryException refused = assertThrows(HistoryException.class,
                () -> allowing(EVERYTHING).of(cluster("not an address", service, 8265)));
        assertEquals(HistoryException.Kind.UNAVAILABLE, refused.kind());
    }

    @Test
    void otherPortsAreRefused() {
        assertThrows(HistoryException.class, () -> allowing(HeadAddresses.PRIVATE).of(cluster("10.1.2.3", "", 10_250)));
        new HeadAddresses(HeadAddresses.PRIVATE, Set.of(10_250), "cluster.local").of(cluster("10.1.2.3", "", 10_250));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0", "10.0.0.0/33", "host/8", "10.0.0/8", "::/129", "/"})
    void rangesThatAreNoneAreRefused(String range) {
        assertThrows(HistoryException.class, () -> allowing(List.of(range)));
    }
}
