package io.rayhistory.bootstrap;

import io.rayhistory.adapters.filesystem.DirectoryRayFolder;
import io.rayhistory.adapters.filesystem.DirectoryRayNode;
import io.rayhistory.adapters.filesystem.FileEventSpool;
import io.rayhistory.adapters.filesystem.FileJournals;
import io.rayhistory.adapters.http.intake.AdminServer;
import io.rayhistory.adapters.http.intake.CollectorMetrics;
import io.rayhistory.adapters.http.intake.EventsIntakeServer;
import io.rayhistory.adapters.json.JacksonDashboardCodec;
import io.rayhistory.adapters.json.StreamingEventSplitter;
import io.rayhistory.adapters.raydashboard.HttpRayDashboard;
import io.rayhistory.application.collect.CollectorFigures;
import io.rayhistory.application.collect.CollectorParts;
import io.rayhistory.application.collect.HistoryCollector;
import io.rayhistory.application.port.EventSpool;

import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Map;

/** Puts a collector together, with {@code new}, once. The port for events opens before anything else is begun. */
final class CollectorWiring {
    private static final System.Logger LOG = System.getLogger("io.rayhistory.Collector");
    /** Of one dashboard answer. */
    private static final long MOST_ANSWER_BYTES = 256L << 20;

    private final InstantSource clock = Clock.systemUTC();
    private final HistoryCollector collector;
    private String eventsAddress = "";
    private String summary = "";

    /** @param open gets what has to be closed, in its order, even if this fails half way */
    CollectorWiring(CollectorPlan plan, Closing open) {
        Path answers = plan.spool().resolve("answers");
        EventSpool spool = open.add(new FileEventSpool(plan.spool(), plan.settings().cluster(), plan.spoolSettings(), clock));
        CollectorParts parts = new CollectorParts(new DirectoryRayNode(plan.rayRoot()), new DirectoryRayFolder(plan.rayRoot()),
                new FileJournals(plan.spool().resolve("journal")), new StreamingEventSplitter(), spool, plan.source().store(),
                new HttpRayDashboard(plan.dashboardUrl(), plan.token(), answers, MOST_ANSWER_BYTES),
                new HttpRayDashboard(plan.headUrl(), plan.token(), answers, MOST_ANSWER_BYTES), new JacksonDashboardCodec());
        collector = open.add(HistoryCollector.of(parts, plan.settings(), clock));
        if (plan.settings().events()) {
            EventsIntakeServer server = open.add(EventsIntakeServer.start(plan.intake(), collector.events()));
            eventsAddress = "http://" + plan.intake().host() + ":" + server.port() + "/v1/events";
        }
        AdminServer admin = open.add(AdminServer.start(plan.adminHost(), plan.adminPort(), collector::missing,
                new CollectorMetrics(collector.figures(), clock)));
        LOG.log(System.Logger.Level.INFO, "telling how it is on http://{0}:{1}/readz", plan.adminHost(), Integer.toString(admin.port()));
        collector.start();
    }

    /** Where Ray has to post to; {@code ""} if events are not collected. */
    String eventsAddress() {
        return eventsAddress;
    }

    /** One line about how far it is, unless nothing has changed since the last one. */
    void summarise() {
        CollectorFigures figures = collector.figures();
        Map<String, String> missing = collector.missing();
        String now = figures.events().accepted() + " events taken (" + figures.events().rejected() + " rejected), "
                + figures.spool().unsentBytes() + " bytes of them unsent; " + figures.logs().tracked() + " log files"
                + (missing.isEmpty() ? "" : "; waiting for " + missing);
        if (!now.equals(summary)) {
            summary = now;
            LOG.log(System.Logger.Level.INFO, now);
        }
    }

    void hurry() {
        collector.hurry();
    }

    /** See {@link HistoryCollector#stop}. */
    long stop() {
        return collector.stop();
    }
}
