package io.rayhistory.application.port;

/**
 * What a cluster's dashboard wants to see of those who ask, as {@code spec.authOptions} says.
 *
 * @param secret name of the Secret with the token for {@link Mode#TOKEN} and {@link Mode#MIXED}, else {@code ""}
 * @param fault  for {@link Mode#BROKEN} what is wrong with it, else {@code ""}
 */
public record HeadAuth(Mode mode, String secret, String fault) {

    /** Nothing is asked for. */
    public static final HeadAuth NONE = new HeadAuth(Mode.NONE, "", "");

    /** How the head tells friend from foe. */
    public enum Mode {
        /** It does not. */
        NONE,
        /** One token for everybody, kept in a Secret. */
        TOKEN,
        /** There are options but no mode: the operator makes a Secret, the dashboard need not ask for it. */
        MIXED,
        /** The head lets the API server judge each caller's own token. */
        DELEGATED,
        /** The operator refuses these options, so there is no live head. */
        BROKEN
    }
}
