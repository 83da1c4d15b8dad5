package io.rayhistory.adapters.raydashboard;

import io.rayhistory.domain.HistoryException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the token for the dashboard comes from (Ray: python/ray/_private/authentication). Immutable; shows no secrets.
 */
public final class DashboardToken {
    /** Where Kubernetes mounts the service account's token for Ray. */
    public static final Path KUBERNETES_FILE = Path.of("/var/run/secrets/ray.io/serviceaccount/token");
    private static final int MOST_BYTES = 1 << 16;

    private final Path file;
    private final String token;
    private final boolean demanded;

    private DashboardToken(Path file, String token, boolean demanded) {
        this.file = file;
        this.token = token;
        this.demanded = demanded;
    }

    /** No header. */
    public static DashboardToken none() {
        return new DashboardToken(null, "", false);
    }

    /** This very token. A blank one is {@link #none}. */
    public static DashboardToken of(String token) {
        return new DashboardToken(null, token.strip(), false);
    }

    /** The content of a file that may change at any time. */
    public static DashboardToken in(Path file) {
        return new DashboardToken(file, "", true);
    }

    /** Asked for and not given: every request fails, and says what to set. */
    public static DashboardToken lacking() {
        return new DashboardToken(null, "", true);
    }

    /**
     * What {@code RAY_ENABLE_K8S_TOKEN_AUTH}, {@code RAY_AUTH_TOKEN} and {@code RAY_AUTH_MODE} say, the first that
     * applies.
     */
    public static DashboardToken from(boolean kubernetes, String token, String mode) {
        if (kubernetes) {
            return in(KUBERNETES_FILE);
        }
        if (!token.isBlank()) {
            return of(token);
        }
        return mode.strip().equalsIgnoreCase("token") ? lacking() : none();
    }

    /**
     * The token for one request, {@code ""} for no header. A file is read anew each time, because its content rotates.
     *
     * @throws HistoryException INVALID if there should be one and is none
     */
    String value() {
        if (file == null && token.isEmpty() && demanded) {
            throw HistoryException.invalid("RAY_AUTH_MODE is 'token', but there is none: set RAY_AUTH_TOKEN (a secret with the "
                    + "RayCluster's name, key auth_token), or RAY_ENABLE_K8S_TOKEN_AUTH=true to use the service account's");
        }
        return file == null ? token : read();
    }

    private String read() {
        try {
            String content = Files.size(file) > MOST_BYTES ? "" : Files.readString(file).strip();
            if (content.isEmpty() || content.chars().anyMatch(Character::isISOControl)) {
                throw HistoryException.invalid("RAY_ENABLE_K8S_TOKEN_AUTH is set, but " + file + " holds no token");
            }
            return content;
        } catch (IOException e) {
            throw new HistoryException(HistoryException.Kind.INVALID, "RAY_ENABLE_K8S_TOKEN_AUTH is set, but " + file
                    + " cannot be read: is the service account's token mounted there?", e);
        }
    }
}
