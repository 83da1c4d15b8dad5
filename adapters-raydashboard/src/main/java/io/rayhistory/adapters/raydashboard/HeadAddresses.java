package io.rayhistory.adapters.raydashboard;

import io.rayhistory.application.port.LiveCluster;
import io.rayhistory.domain.HistoryException;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where the dashboard of a cluster may be reached. What a cluster's status says is text that others may have written, so
 * it only counts if it leads to an allowed address: inside the configured ranges, at an allowed port, and never to what
 * is special (loopback, link-local, multicast) or ourselves, unless a range for exactly that was configured. Thread-safe.
 */
public final class HeadAddresses {
    /** The private ranges of IPv4 and IPv6. */
    public static final List<String> PRIVATE = List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7");
    /** The dashboard's usual port. */
    public static final Set<Integer> PORTS = Set.of(8265);
    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    private static final Duration OWN_FOR = Duration.ofSeconds(10);

    private final List<Network> allowed;
    private final Set<Integer> ports;
    private final String clusterDomain;
    private volatile Own own;

    /**
     * @param ranges        such as {@code 10.0.0.0/8}
     * @param clusterDomain what names of services end in, usually {@code cluster.local}
     * @throws HistoryException INVALID for a range that is none
     */
    public HeadAddresses(List<String> ranges, Set<Integer> ports, String clusterDomain) {
        this.allowed = ranges.stream().map(Network::of).toList();
        this.ports = Set.copyOf(ports);
        this.clusterDomain = clusterDomain;
    }

    /**
     * The address to connect to, resolved and checked; to be used as it is, not looked up again.
     *
     * @throws HistoryException UNAVAILABLE if there is no head or its name cannot be resolved, INVALID if its address is
     *         not allowed
     */
    public InetSocketAddress of(LiveCluster cluster) {
        int port = cluster.head().dashboardPort();
        if (!ports.contains(port)) {
            throw HistoryException.invalid("the dashboard's port " + port + " is not allowed (" + ports + ")");
        }
        InetAddress address = resolve(cluster);
        if (allowed.stream().noneMatch(range -> range.contains(address))
                || special(address) && allowed.stream().noneMatch(range -> range.contains(address) && exact(address, range))) {
            throw HistoryException.invalid("the head's address " + address.getHostAddress() + " is not allowed");
        }
        return new InetSocketAddress(address, port);
    }

    private InetAddress resolve(LiveCluster cluster) {
        InetAddress literal = Network.literal(cluster.head().address());
        if (literal != null) {
            return literal;
        }
        String service = cluster.head().serviceName();
        if (!label(service) || !label(cluster.cluster().namespace())) {
            throw HistoryException.unavailable(cluster.head().address().isEmpty() && service.isEmpty() ? "it has no head"
                    : "its status has neither an IP address nor the name of a service", null);
        }
        String name = service + "." + cluster.cluster().namespace() + ".svc." + clusterDomain + ".";
        try {
            return InetAddress.getByName(name);
        } catch (UnknownHostException e) {
            throw HistoryException.unavailable(name + " cannot be resolved", e);
        }
    }

    /** True for what Kubernetes calls services and namespaces. */
    static boolean label(String text) {
        return DNS_LABEL.matcher(text).matches();
    }

    private boolean special(InetAddress address) {
        return address.isLoopbackAddress() || address.isLinkLocalAddress() || address.isMulticastAddress()
                || address.isAnyLocalAddress() || ours(address);
    }

    /** A wide range such as 0.0.0.0/0 allows nothing special: that has to be named. */
    private boolean exact(InetAddress address, Network range) {
        return address.isLoopbackAddress() && range.contains(InetAddress.getLoopbackAddress()) && range.bits() >= Byte.SIZE
                || ours(address) && range.bits() == address.getAddress().length * Byte.SIZE;
    }

    private boolean ours(InetAddress address) {
        Own known = own;
        if (known == null || System.nanoTime() - known.atNs() > OWN_FOR.toNanos()) {
            known = Own.now();
            own = known;
        }
        return known.unknown() || known.addresses().contains(address);
    }

    /** As the system told lately: not asked for every request. @param unknown if it does not tell */
    private record Own(Set<InetAddress> addresses, boolean unknown, long atNs) {
        static Own now() {
            try {
                return new Own(NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses).collect(Collectors.toSet()), false,
                        System.nanoTime());
            } catch (SocketException e) {
                return new Own(Set.of(), true, System.nanoTime());
            }
        }
    }
}
