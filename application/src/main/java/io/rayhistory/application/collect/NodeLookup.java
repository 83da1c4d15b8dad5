package io.rayhistory.application.collect;

import io.rayhistory.application.port.DashboardCodec;
import io.rayhistory.application.port.DashboardCodec.NodeRow;
import io.rayhistory.application.port.RayDashboard;
import io.rayhistory.domain.HistoryException;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Asks the head's dashboard which node lives at this pod's address: once for each raylet, and again only while there is
 * no answer, with pauses from 1 to 60 seconds. A cluster of a thousand nodes must not keep its head busy with this.
 * Thread-safe.
 */
final class NodeLookup {
    private static final System.Logger LOG = System.getLogger(NodeLookup.class.getName());
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
    /** The filter keeps the answer of a large cluster small; a dashboard that ignores it answers all rows. */
    private static final String TARGET = "/api/v0/nodes?limit=10000&detail=1&filter_keys=node_ip&filter_predicates=%3D&filter_values=";

    private record Raylet(String session, Optional<Instant> since) {
    }

    private final RayDashboard dashboard;
    private final String address;
    private final DashboardCodec codec;
    private final Executor executor;
    private final InstantSource clock;
    private Raylet raylet;
    private String nodeId = "";
    private String problem = "not asked yet";
    private boolean asking;
    private Duration pause = Duration.ofSeconds(1);
    private Instant next = Instant.MIN;

    /**
     * @param address  of the pod; {@code ""} if nobody told, then nothing is ever asked
     * @param executor runs one question at a time, each for at most 30 seconds
     */
    NodeLookup(RayDashboard dashboard, String address, DashboardCodec codec, Executor executor, InstantSource clock) {
        this.dashboard = dashboard;
        this.address = address;
        this.codec = codec;
        this.executor = executor;
        this.clock = clock;
    }

    /** The id of this raylet, {@code ""} if it is not known by now. Never waits. */
    synchronized String nodeId(String session, Optional<Instant> since) {
        Raylet wanted = new Raylet(session, since);
        if (!wanted.equals(raylet)) {
            raylet = wanted;
            nodeId = "";
            pause = Duration.ofSeconds(1);
            next = Instant.MIN;
        }
        if (nodeId.isEmpty() && !asking && !address.isEmpty() && !clock.instant().isBefore(next)) {
            try {
                asking = true;
                executor.execute(() -> ask(wanted));
            } catch (RejectedExecutionException stopping) {
                asking = false;
            }
        }
        return nodeId;
    }

    /** Why there is no answer, for people. */
    synchronized String problem() {
        return address.isEmpty() ? "POD_IP is not set, so the dashboard cannot be asked" : problem;
    }

    private void ask(Raylet wanted) {
        String found = "";
        String why = "";
        try {
            found = find();
            why = "the dashboard knows no live node at " + address;
        } catch (HistoryException | IOException e) {
            why = e.getMessage();
        } finally {
            settle(wanted, found, why);
        }
    }

    private String find() throws IOException {
        try (RayDashboard.Answer answer = dashboard.get(TARGET + address, TIMEOUT)) {
            if (answer.status() != 200) {
                throw HistoryException.unavailable("dashboard " + dashboard.describe() + " answers " + answer.status()
                        + " when asked for its nodes" + Refusals.advice(answer.status()), null);
            }
            try (InputStream body = answer.open()) {
                List<NodeRow> rows = codec.nodes(body);
                // A raylet that was killed stays ALIVE for a while beside its successor of the same address.
                return rows.stream().filter(row -> row.address().equals(address) && row.state().equals("ALIVE") && !row.nodeId().isEmpty())
                        .max(Comparator.comparingLong(NodeRow::startMs)).map(NodeRow::nodeId).orElse("");
            }
        }
    }

    private synchronized void settle(Raylet wanted, String found, String why) {
        asking = false;
        if (!wanted.equals(raylet)) {
            return; // an answer about the raylet before
        }
        nodeId = found;
        if (found.isEmpty()) {
            if (!why.equals(problem)) {
                LOG.log(System.Logger.Level.INFO, "node id not known yet: {0}", why);
            }
            problem = why;
            long millis = pause.toMillis();
            next = clock.instant().plusMillis(millis / 2 + ThreadLocalRandom.current().nextLong(millis));
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
    }
}
