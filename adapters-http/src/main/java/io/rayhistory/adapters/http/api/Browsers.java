package io.rayhistory.adapters.http.api;

import jakarta.servlet.http.HttpServletRequest;

import java.util.Collections;
import java.util.Locale;

/** Tells browsers from programs the way Ray does (Ray: {@code python/ray/dashboard/optional_utils.py}). */
public final class Browsers {

    private Browsers() {
    }

    /** True for a request that a page in a browser caused, or that looks like it. */
    public static boolean sent(HttpServletRequest request) {
        String agent = request.getHeader("User-Agent");
        if (agent != null && agent.startsWith("Mozilla")) {
            return true;
        }
        for (String name : Collections.list(request.getHeaderNames())) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.equals("referer") || lower.equals("origin") || lower.startsWith("sec-fetch-")
                    || lower.startsWith("access-control-request-")) {
                return true;
            }
        }
        return false;
    }
}
