package io.rayhistory.adapters.web;

/**
 * The one HTML page behind all addresses: it names the modules and style sheets of this build and the way to the server's
 * root, and nothing else. Immutable.
 */
public final class PageTemplate {
    /** Nothing from elsewhere, nothing inline; and lit-html alone may turn text into HTML, its own templates that is. */
    public static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html";
    private static final String ROOT = "{{root}}";
    private static final String BUILD = "{{build}}";

    private final String html;

    PageTemplate(String template, String build) {
        if (!template.contains(ROOT) || !template.contains(BUILD)) {
            throw new IllegalStateException("the page's template lacks " + ROOT + " or " + BUILD);
        }
        this.html = template.replace(BUILD, build);
    }

    /**
     * The page for an address that deep below the root. Relative, so that a proxy may put the server below any prefix.
     *
     * @param depth folders above the address: 0 for {@code /} and {@code /sessions}
     */
    public String at(int depth) {
        if (depth < 0) {
            throw new IllegalArgumentException("depth " + depth + " is above the root");
        }
        return html.replace(ROOT, depth == 0 ? "./" : "../".repeat(depth));
    }
}
