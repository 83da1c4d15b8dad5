package io.rayhistory.adapters.kubernetes;

/** The Secret that the operator makes for a cluster's token. */
final class TokenSecret {
    /** The key in it. */
    static final String KEY = "auth_token";
    private static final int LONGEST = 50;

    private TokenSecret() {
    }

    /**
     * Its name when the cluster names none: the operator's way of cutting cluster names (KubeRay:
     * ray-operator/controllers/ray/utils/util.go, CheckName), which keeps the end and gives it a letter to begin with.
     */
    static String nameFor(String cluster) {
        String name = cluster.substring(Math.max(0, cluster.length() - LONGEST));
        char first = name.isEmpty() ? 'r' : name.charAt(0);
        boolean letter = first >= 'a' && first <= 'z' || first >= 'A' && first <= 'Z';
        return letter ? name : "r" + name.substring(Math.min(1, name.length()));
    }
}
