package io.rayhistory.adapters.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;

import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeoutException;

/** What went wrong, out of the many wrappings of the client. */
final class Failures {
    private Failures() {
    }

    /** The HTTP status of the answer, 0 if there was none. */
    static int status(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof KubernetesClientException known && known.getCode() > 0) {
                return known.getCode();
            }
        }
        return 0;
    }

    /** The innermost cause in words. */
    static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && said(root).isEmpty()) {
            root = root.getCause();
        }
        if (!said(root).isEmpty()) {
            return said(root);
        }
        if (root instanceof HttpTimeoutException || root instanceof TimeoutException) {
            return "no answer in time";
        }
        if (root instanceof ConnectException || root instanceof ClosedChannelException) {
            return "nobody listens there";
        }
        String message = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        return message.length() > 300 ? message.substring(0, 300) + "..." : message;
    }

    /** The API server's own words. */
    private static String said(Throwable failure) {
        return failure instanceof KubernetesClientException known && known.getStatus() != null
                && known.getStatus().getMessage() != null ? known.getStatus().getMessage() : "";
    }
}
