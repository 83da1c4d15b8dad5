package io.rayhistory.adapters.web;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class PageTemplateTest {
    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]+)\"");
    private static final WebAssets ASSETS = WebAssets.load();

    @Test
    void everyLinkLeadsToAServedFileFromAnyDepth() {
        for (int depth = 0; depth < 9; depth++) {
            URI page = URI.create("http://h/prefix/" + "x/".repeat(depth) + "page");
            Matcher found = LINK.matcher(ASSETS.page().at(depth));
            int links = 0;
            while (found.find()) {
                String path = page.resolve(found.group(1)).getPath();
                assertTrue(path.startsWith("/prefix/assets/"), path);
                assertTrue(ASSETS.file(path.substring("/prefix/assets/".length())).isPresent(), path);
                links++;
            }
            assertTrue(links > 5);
        }
    }

    @Test
    void nothingIsInline() {
        String html = ASSETS.page().at(0);
        assertFalse(Pattern.compile("<script(?![^>]*src=)|<style|\\son\\w+=|\\sstyle=").matcher(html).find(), html);
        assertFalse(html.contains("{{"), html);
    }

    @Test
    void policyForbidsEverythingElse() {
        Set<String> rules = Set.of(PageTemplate.POLICY.split("; "));
        assertTrue(rules.containsAll(Set.of("default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'", "frame-ancestors 'none'",
                "require-trusted-types-for 'script'", "trusted-types lit-html")), PageTemplate.POLICY);
        assertFalse(PageTemplate.POLICY.contains("unsafe") || PageTemplate.POLICY.contains("*"), PageTemplate.POLICY);
    }

    @Test
    void templateWithoutItsPlacesIsRefused() {
        assertThrows(IllegalStateException.class, () -> new PageTemplate("{{root}}", "b"));
        assertThrows(IllegalStateException.class, () -> new PageTemplate("{{build}}", "b"));
        assertThrows(IllegalArgumentException.class, () -> new PageTemplate("{{root}}{{build}}", "b").at(-1));
        assertEquals("./b", new PageTemplate("{{root}}{{build}}", "b").at(0));
        assertEquals("../../b", new PageTemplate("{{root}}{{build}}", "b").at(2));
    }
}
