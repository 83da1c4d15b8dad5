package io.rayhistory.application.collect;

/** What to tell people whose dashboard does not let us in. */
final class Refusals {

    private Refusals() {
    }

    static boolean isOne(int status) {
        return status == 401 || status == 403;
    }

    /** What to set, {@code ""} for other statuses. */
    static String advice(int status) {
        return isOne(status) ? ": authentication; set RAY_AUTH_TOKEN, or RAY_ENABLE_K8S_TOKEN_AUTH=true with a service account that "
                + "has the verb ray:write on rayclusters" : "";
    }
}
