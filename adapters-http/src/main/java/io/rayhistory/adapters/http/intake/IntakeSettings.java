package io.rayhistory.adapters.http.intake;

import io.rayhistory.domain.HistoryException;

/**
 * Where posts are taken, and from whom.
 *
 * @param host  address to listen on; Ray posts from its own pod, so usually {@code 127.0.0.1}
 * @param port  0 for a free one
 * @param token what posts have to show, {@code ""} for nothing. Ray sends it if the export address is {@code
 *              http://collector:<token>@localhost:8084/v1/events}; other senders may use {@code Authorization: Bearer}
 */
public record IntakeSettings(String host, int port, String token) {
    public IntakeSettings {
        requirePort(port);
    }

    static void requirePort(int port) {
        if (port < 0 || port > 65_535) {
            throw HistoryException.invalid("port " + port + " is not allowed; expected 0 to 65535");
        }
    }

    @Override
    public String toString() {
        return "IntakeSettings[host=" + host + ", port=" + port + ", token=" + (token.isEmpty() ? "" : "***") + "]";
    }
}
