package io.rayhistory.application.collect;

import io.rayhistory.application.port.DashboardCodec;
import io.rayhistory.application.port.EventSpool;
import io.rayhistory.application.port.EventSplitter;
import io.rayhistory.application.port.JournalFolder;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.application.port.RayDashboard;
import io.rayhistory.application.port.RayFolder;
import io.rayhistory.application.port.RayNode;

/**
 * What a collector works with.
 *
 * @param node      the Ray node's sessions and its life
 * @param logs      the node's log files
 * @param journals  where it is noted how far these are sent
 * @param splitter  cuts posted bodies into events
 * @param spool     where events wait
 * @param store     where everything goes
 * @param dashboard of the head, asked for answers to keep; used on head nodes only
 * @param nodes     the dashboard that is asked for the node id, if nothing local tells it
 * @param codec     reads and writes the JSON of these
 */
public record CollectorParts(RayNode node, RayFolder logs, JournalFolder journals, EventSplitter splitter, EventSpool spool,
                             ObjectStore store, RayDashboard dashboard, RayDashboard nodes, DashboardCodec codec) {
}
