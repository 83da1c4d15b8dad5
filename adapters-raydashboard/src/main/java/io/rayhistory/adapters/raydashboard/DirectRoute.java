package io.rayhistory.adapters.raydashboard;

import io.rayhistory.application.port.HeadServices;
import io.rayhistory.application.port.LiveCluster;

import java.net.InetSocketAddress;

/** Straight to the head's address. */
public final class DirectRoute implements HeadRoute {
    private final HeadAddresses addresses;
    private final HeadServices services;
    private final HeadClients clients = new HeadClients();

    public DirectRoute(HeadAddresses addresses, HeadServices services) {
        this.addresses = addresses;
        this.services = services;
    }

    @Override
    public Way to(LiveCluster cluster) {
        InetSocketAddress head = addresses.of(cluster);
        String host = head.getAddress().getHostAddress();
        services.check(cluster, host);
        return new Way(clients.of(cluster.uid(), head), "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + head.getPort(), "");
    }

    @Override
    public void close() {
        clients.close();
    }
}
