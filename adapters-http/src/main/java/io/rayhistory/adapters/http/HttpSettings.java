package io.rayhistory.adapters.http;

import io.rayhistory.adapters.http.api.DashboardSettings;
import io.rayhistory.domain.id.SessionKey;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How to serve.
 *
 * @param host          address to listen on
 * @param port          0 for any free one
 * @param dashboardDir  Ray's web client: its build folder, or a folder of such folders named by Ray version
 * @param singleSession serves this session at the root, as if its dashboard still ran
 * @param dashboard     how the dashboard's resources answer
 * @param live          how clusters that live are shown; without, only what is stored is
 * @param access        who may see what; without, everybody everything
 * @param pages         what people see in a browser; without, there is only the API
 * @param tls           the server's certificate; without, it speaks plain HTTP
 * @param metrics       whether {@code /metrics} is answered here
 */
public record HttpSettings(String host, int port, Optional<Path> dashboardDir, Optional<SessionKey> singleSession,
                           DashboardSettings dashboard, HttpLimits limits, Optional<Pages> pages, Optional<LiveSettings> live,
                           Optional<AccessSettings> access, Optional<TlsSettings> tls, boolean metrics) {

    public static HttpSettings at(String host, int port) {
        return new HttpSettings(host, port, Optional.empty(), Optional.empty(), DashboardSettings.DEFAULTS,
                HttpLimits.DEFAULTS, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), true);
    }

    public HttpSettings withDashboardDir(Path dir) {
        return new HttpSettings(host, port, Optional.of(dir), singleSession, dashboard, limits, pages, live, access, tls, metrics);
    }

    public HttpSettings withSingleSession(SessionKey session) {
        return new HttpSettings(host, port, dashboardDir, Optional.of(session), dashboard, limits, pages, live, access, tls, metrics);
    }

    public HttpSettings withDashboard(DashboardSettings newDashboard) {
        return new HttpSettings(host, port, dashboardDir, singleSession, newDashboard, limits, pages, live, access, tls, metrics);
    }

    public HttpSettings withLimits(HttpLimits newLimits) {
        return new HttpSettings(host, port, dashboardDir, singleSession, dashboard, newLimits, pages, live, access, tls, metrics);
    }

    public HttpSettings withPages(Pages newPages) {
        return new HttpSettings(host, port, dashboardDir, singleSession, dashboard, limits, Optional.of(newPages), live, access, tls, metrics);
    }

    public HttpSettings withLive(LiveSettings newLive) {
        return new HttpSettings(host, port, dashboardDir, singleSession, dashboard, limits, pages, Optional.of(newLive), access, tls, metrics);
    }

    public HttpSettings withAccess(AccessSettings newAccess) {
        return new HttpSettings(host, port, dashboardDir, singleSession, dashboard, limits, pages, live, Optional.of(newAccess), tls, metrics);
    }

    public HttpSettings withTls(TlsSettings newTls) {
        return new HttpSettings(host, port, dashboardDir, singleSession, dashboard, limits, pages, live, access, Optional.of(newTls), metrics);
    }

    /** Its figures are told elsewhere. */
    public HttpSettings withoutMetrics() {
        return new HttpSettings(host, port, dashboardDir, singleSession, dashboard, limits, pages, live, access, tls, false);
    }
}
