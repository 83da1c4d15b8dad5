package io.rayhistory.adapters.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/**
 * What a browser lets Ray's web client do: run its own scripts and ask this server, nothing else. Names and logs that it
 * shows come from clusters, and it was not written for clusters that nobody trusts. Trusted types are more than it can
 * bear: its bundler loads further scripts by plain names.
 */
final class ClientPolicy {
    /** The hash of nothing: the client's styles (emotion) begin as an empty element, and rules are added to it by script. */
    private static final String EMPTY_STYLE = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";
    private static final String RULES = "default-src 'none'; script-src 'self'; style-src 'self' " + EMPTY_STYLE
            + "; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
            + "frame-ancestors 'none'";
    private static final Pattern AUTHORITY = Pattern.compile("[A-Za-z0-9.\\-_\\[\\]:]+");

    private ClientPolicy() {
    }

    /** @param grafanaHost whose panels the client shows in frames, {@code ""} for none */
    static String of(String grafanaHost) {
        String origin = origin(grafanaHost);
        return origin.isEmpty() ? RULES : RULES + "; frame-src " + origin;
    }

    /** {@code ""} for what no browser could be told. */
    private static String origin(String url) {
        try {
            URI parsed = new URI(url);
            String scheme = parsed.getScheme();
            String authority = parsed.getRawAuthority();
            boolean web = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
            return web && authority != null && AUTHORITY.matcher(authority).matches() ? scheme + "://" + authority : "";
        } catch (URISyntaxException e) {
            return "";
        }
    }
}
