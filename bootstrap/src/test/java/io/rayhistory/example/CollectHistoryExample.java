package io.rayhistory.example;

import io.rayhistory.adapters.filesystem.DirectoryObjectStore;
import io.rayhistory.adapters.filesystem.DirectoryRayFolder;
import io.rayhistory.adapters.filesystem.DirectoryRayNode;
import io.rayhistory.adapters.filesystem.FileEventSpool;
import io.rayhistory.adapters.filesystem.FileJournals;
import io.rayhistory.adapters.http.intake.EventsIntakeServer;
import io.rayhistory.adapters.http.intake.IntakeSettings;
import io.rayhistory.adapters.json.JacksonDashboardCodec;
import io.rayhistory.adapters.json.StreamingEventSplitter;
import io.rayhistory.adapters.raydashboard.DashboardToken;
import io.rayhistory.adapters.raydashboard.HttpRayDashboard;
import io.rayhistory.application.collect.CollectorParts;
import io.rayhistory.application.collect.CollectorSettings;
import io.rayhistory.application.collect.HistoryCollector;
import io.rayhistory.application.port.EventSpool;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.application.port.RayDashboard;
import io.rayhistory.application.port.SpoolSettings;
import io.rayhistory.domain.id.ClusterRef;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.IntConsumer;

/** The README's example: a collector inside another program, beside the head of a Ray cluster on this machine. */
final class CollectHistoryExample {

    private CollectHistoryExample() {
    }

    /** @param work what the program does meanwhile, told the port that Ray has to post to. @return bytes that could not be stored and wait in the spool */
    static long collect(Path rayRoot, Path spoolFolder, Path storeFolder, int port, IntConsumer work) {
        ClusterRef cluster = ClusterRef.plain("default", "demo");
        InstantSource clock = InstantSource.system();
        try (ObjectStore store = new DirectoryObjectStore(storeFolder);
                EventSpool spool = new FileEventSpool(spoolFolder, cluster, SpoolSettings.DEFAULTS, clock);
                RayDashboard dashboard = new HttpRayDashboard("http://localhost:8265", DashboardToken.none(), spoolFolder.resolve("answers"), 256L << 20);
                HistoryCollector collector = HistoryCollector.of(new CollectorParts(new DirectoryRayNode(rayRoot), new DirectoryRayFolder(rayRoot),
                        new FileJournals(spoolFolder.resolve("journal")), new StreamingEventSplitter(), spool, store, dashboard, dashboard,
                        new JacksonDashboardCodec()), CollectorSettings.of(cluster, true), clock);
                EventsIntakeServer events = EventsIntakeServer.start(new IntakeSettings("127.0.0.1", port, ""), collector.events())) {
            collector.start();
            work.accept(events.port());
            return collector.stop();
        }
    }
}
