package io.rayhistory.house;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One package of the house: what it may see of ours and of others. This table is the architecture; HouseRulesTest
 * holds the code to it.
 *
 * @param name    package below the root, exactly (sub-packages are layers of their own)
 * @param ours    packages of ours it may use, besides itself
 * @param foreign package patterns of others it may use
 */
record Layer(String name, List<String> ours, List<String> foreign) {
    private static final List<String> LANGUAGE = List.of("java.lang", "java.lang.annotation", "java.lang.invoke", "java.lang.runtime");
    private static final List<String> PURE = plus(LANGUAGE, "java.util", "java.util.function", "java.util.regex", "java.util.stream",
            "java.time", "java.time.format", "java.time.zone", "java.time.temporal");
    private static final List<String> DOMAIN_IO = plus(PURE, "java.io");
    private static final List<String> APPLICATION = plus(PURE, "java.io", "java.nio.charset", "java.util.concurrent..", "java.util.zip");
    private static final List<String> JDK = plus(LANGUAGE, "java.io..", "java.math..", "java.net..", "java.nio..", "java.security..",
            "java.text..", "java.time..", "java.util", "java.util.concurrent..", "java.util.function", "java.util.regex",
            "java.util.stream", "java.util.zip");
    private static final List<String> DOMAIN = List.of("domain", "domain.id", "domain.layout", "domain.event", "domain.history", "domain.query",
            "domain.failure");
    private static final String JACKSON = "com.fasterxml.jackson.core..";

    static final List<Layer> ALL = List.of(
            new Layer("domain", List.of(), PURE),
            new Layer("domain.id", List.of("domain"), PURE),
            new Layer("domain.layout", List.of("domain", "domain.id"), PURE),
            new Layer("domain.event", List.of("domain", "domain.id"), PURE),
            new Layer("domain.history", List.of("domain", "domain.id", "domain.event"), PURE),
            // A timeline is written while it is computed, so its sink may fail as streams do.
            new Layer("domain.query", List.of("domain", "domain.id", "domain.event", "domain.history"), DOMAIN_IO),
            new Layer("domain.failure", List.of("domain", "domain.id", "domain.event", "domain.history", "domain.query"), PURE),
            new Layer("application.port", DOMAIN, APPLICATION),
            new Layer("application.read", plus(DOMAIN, "application.port", "application.read.snapshot"), plus(APPLICATION, "java.lang.ref")),
            new Layer("application.read.snapshot", DOMAIN, APPLICATION),
            new Layer("application.collect", plus(DOMAIN, "application.port"), plus(APPLICATION, "java.security")),
            new Layer("adapters.json", plus(DOMAIN, "application.port"), plus(JDK, JACKSON)),
            new Layer("adapters.azureblob", plus(DOMAIN, "application.port"), plus(JDK, "com.azure..", "javax.net.ssl", "reactor.core..")),
            new Layer("adapters.filesystem", plus(DOMAIN, "application.port"), JDK),
            new Layer("adapters.kubernetes", plus(DOMAIN, "application.port"), plus(JDK, "io.fabric8.kubernetes..", "javax.net.ssl")),
            new Layer("adapters.raydashboard", plus(DOMAIN, "application.port"), plus(JDK, "javax.net.ssl")),
            new Layer("adapters.http", plus(DOMAIN, "application.port", "application.read", "adapters.http.api", "adapters.http.json",
                    "adapters.http.history"), plus(JDK, JACKSON, "io.javalin..", "io.micrometer..", "jakarta.servlet..", "javax.crypto..", "javax.net.ssl", "org.eclipse.jetty..", "kotlin..")),
            new Layer("adapters.http.api", plus(DOMAIN, "application.port", "application.read", "adapters.http.json"),
                    plus(JDK, JACKSON, "io.javalin..", "jakarta.servlet..", "kotlin..")),
            new Layer("adapters.http.history", plus(DOMAIN, "application.port", "application.read", "adapters.http.api", "adapters.http.json"),
                    plus(JDK, JACKSON, "com.google.re2j", "io.javalin..", "jakarta.servlet..", "kotlin..", "org.apache.commons.compress..")),
            new Layer("adapters.http.intake", plus(DOMAIN, "application.port", "application.collect"),
                    plus(JDK, JACKSON, "io.micrometer..", "org.eclipse.jetty..")),
            new Layer("adapters.http.json", DOMAIN, plus(JDK, JACKSON, "io.javalin..", "jakarta.servlet..", "kotlin..")),
            new Layer("adapters.web", List.of(), JDK),
            new Layer("bootstrap", plus(DOMAIN, "application.port", "application.read", "application.collect", "adapters.json",
                    "adapters.azureblob", "adapters.filesystem", "adapters.kubernetes", "adapters.raydashboard", "adapters.http",
                    "adapters.http.api", "adapters.http.intake", "adapters.web"), List.of("..")));

    private static List<String> plus(List<String> some, String... more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(List.of(more));
        return List.copyOf(all);
    }

    String in(String root) {
        return root + "." + name;
    }

    /** Everything it may use, as ArchUnit's package patterns; {@code ""} is where primitive types live. */
    String[] allowed(String root) {
        return Stream.of(Stream.of("", in(root)), ours.stream().map(other -> root + "." + other), foreign.stream())
                .flatMap(patterns -> patterns).toArray(String[]::new);
    }
}
