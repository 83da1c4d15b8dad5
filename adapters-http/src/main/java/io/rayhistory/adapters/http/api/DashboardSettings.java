package io.rayhistory.adapters.http.api;

/**
 * How the dashboard's resources answer where a recording leaves a choice.
 *
 * @param redaction         who sees the values of {@code env_vars}
 * @param defaultRayVersion told to clients when the session does not tell its own; Ray's job client refuses to work
 *                          without one
 * @param grafanaHost       URL of a Grafana that outlives the clusters, {@code ""} for none
 * @param nodesDeadAtEnd    shows nodes as DEAD that were alive when the record ends. Ray's web client then hides
 *                          their logs
 */
public record DashboardSettings(RuntimeEnvRedaction redaction, String defaultRayVersion, String grafanaHost,
                                boolean nodesDeadAtEnd) {

    public static final DashboardSettings DEFAULTS =
            new DashboardSettings(RuntimeEnvRedaction.BROWSERS, "2.60.0", "", false);
}
