package io.rayhistory.adapters.kubernetes;

/**
 * What clusters get that let the API server judge each token ({@code authOptions.enableK8sTokenAuth}): whatever they are shown
 * can be used against the API server by whoever runs code in them.
 *
 * @param account name of the service account, in each namespace of such clusters, for {@link Mode#SERVICE_ACCOUNT}
 */
public record DelegatedTokens(Mode mode, String account) {
    /** They get nothing, and their dashboards are not passed through. */
    public static final DelegatedTokens OFF = new DelegatedTokens(Mode.OFF, "");

    /** Whose token. */
    public enum Mode {
        /** Nobody's. */
        OFF,
        /** A short-lived one of an account that has no right but {@code ray:write} on the clusters of its namespace. */
        SERVICE_ACCOUNT,
        /** That of the caller. */
        CALLER
    }
}
