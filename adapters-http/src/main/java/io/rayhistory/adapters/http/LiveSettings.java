package io.rayhistory.adapters.http;

import io.rayhistory.application.port.LiveDashboards;

/**
 * How clusters that live are shown.
 *
 * @param profiling lets clients use what profiles and dumps the cluster's processes, too: those answers cost it time and
 *                  show what is in their memory
 */
public record LiveSettings(LiveDashboards dashboards, boolean profiling) {
}
