package io.rayhistory.bootstrap;

import io.rayhistory.adapters.filesystem.DirectoryRayNode;
import io.rayhistory.adapters.filesystem.FileEventSpool;
import io.rayhistory.adapters.json.JacksonDashboardCodec;
import io.rayhistory.adapters.raydashboard.HttpRayDashboard;
import io.rayhistory.application.collect.CollectorParts;
import io.rayhistory.application.collect.HistoryCollector;
import io.rayhistory.application.port.EventSpool;
import io.rayhistory.application.port.RayDashboard;

import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;

/** Puts a collector together, with {@code new}, once. */
final class CollectorWiring implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("io.rayhistory.Collector");
    /** Of one dashboard answer. */
    private static final long MOST_ANSWER_BYTES = 256L << 20;

    private final InstantSource clock = Clock.systemUTC();
    private final EventSpool spool;
    private final HistoryCollector collector;

    CollectorWiring(CollectorPlan plan) {
        Path answers = plan.spool().resolve("answers");
        spool = new FileEventSpool(plan.spool(), plan.settings().cluster(), plan.spoolSettings(), clock);
        RayDashboard dashboard = new HttpRayDashboard(plan.dashboardUrl(), plan.token(), answers, MOST_ANSWER_BYTES);
        RayDashboard nodes = new HttpRayDashboard(plan.headUrl(), plan.token(), answers, MOST_ANSWER_BYTES);
        collector = HistoryCollector.start(new CollectorParts(new DirectoryRayNode(plan.rayRoot()), spool, plan.source().store(), dashboard,
                nodes, new JacksonDashboardCodec()), plan.settings(), clock);
    }

    String address() {
        return "";
    }

    void summarise() {
        LOG.log(System.Logger.Level.INFO, "missing: {0}", collector.missing());
    }

    void hurry() {
        collector.hurry();
    }

    long stop() {
        return collector.stop();
    }

    @Override
    public void close() {
        collector.close();
        spool.close();
    }
}
