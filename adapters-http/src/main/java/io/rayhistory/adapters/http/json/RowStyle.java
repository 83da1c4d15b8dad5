package io.rayhistory.adapters.http.json;

/**
 * Which columns a row has. Clients without pydantic 2 refuse columns that their Ray does not know, so a row shows the
 * columns of the Ray that ran the session.
 *
 * @param detail also the columns that {@code detail} asks for
 * @param ray260 also the columns that Ray 2.60 brought
 * @param redact hides the values of {@code env_vars} in runtime environments
 */
public record RowStyle(boolean detail, boolean ray260, boolean redact) {

    /**
     * Whether a Ray version has the columns of 2.60. A version that is unknown or no version counts as the newest.
     *
     * @param rayVersion such as {@code 2.53.0}, {@code 3.0.0.dev0} or {@code ""}
     */
    public static boolean isRay260(String rayVersion) {
        String[] parts = rayVersion.strip().split("[.+-]", 3);
        if (parts.length < 2) {
            return true;
        }
        try {
            int major = Integer.parseInt(parts[0]);
            return major > 2 || major == 2 && Integer.parseInt(parts[1]) >= 60;
        } catch (NumberFormatException e) {
            return true;
        }
    }
}
