package io.rayhistory.bootstrap;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.rayhistory.application.read.SessionCatalog;
import io.rayhistory.application.read.SessionEntry;
import io.rayhistory.application.read.SessionState;
import io.rayhistory.domain.id.ClusterRef;
import io.rayhistory.domain.id.OwnerKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code rayhistory sessions}: what is stored. */
@Command(name = "sessions", mixinStandardHelpOptions = true, versionProvider = Main.Version.class, usageHelpAutoWidth = true,
        abbreviateSynopsis = true, sortOptions = false, header = "Lists the stored sessions, newest first.",
        description = "%nA session without MARKER has data but no entry: its head was killed.%n")
final class SessionsCommand implements Callable<Integer> {
    static final List<Setting> SETTINGS = List.of(Setting.STORAGE_BACKEND, Setting.STORAGE_DIRECTORY,
            Setting.STORAGE_ROOT_DIR, Setting.STORAGE_CONFIG, Setting.KUBERNETES_ENABLED, Setting.KUBECONFIGS, Setting.KUBERNETES_CONTEXTS,
            Setting.KUBERNETES_NAMESPACES, Setting.KUBERNETES_CLUSTER_DOMAIN, Setting.LIVE_ALLOWED_CIDRS, Setting.LIVE_ALLOWED_PORTS);
    private static final Duration HEADS = Duration.ofSeconds(5);
    private static final List<String> HEADING = List.of("NAMESPACE", "CLUSTER", "SESSION", "STARTED", "OWNER", "MARKER");

    private final Terminal terminal;

    @Spec
    private CommandSpec spec;
    @Option(names = "--json", description = "Print one JSON object instead of a table.")
    private boolean json;
    @Option(names = "--verbose", description = "Also say where was looked, and what is damaged.")
    private boolean verbose;
    private List<SessionState> states;
    private boolean watched;

    SessionsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        SettingValues values = SettingOptions.read(spec, terminal);
        KubernetesPlan kubernetes = KubernetesPlan.of(values);
        try (Closing closing = new Closing()) {
            StoreSource source = StoreSource.of(values, terminal);
            closing.add(source.cleanUp()::run);
            Wiring wiring = closing.add(new Wiring(source));
            wiring.watch(kubernetes, none -> { });
            SessionCatalog catalog = wiring.catalog();
            SessionCatalog.Listing listing = catalog.list();
            watched = kubernetes.settings().isPresent();
            states = wiring.states().of(listing.sessions(), HEADS);
            if (json) {
                terminal.say(json(catalog.describe(), listing));
            } else {
                table(catalog.describe(), listing);
            }
        }
        return 0;
    }

    private void table(String where, SessionCatalog.Listing listing) {
        if (verbose) {
            terminal.note("Looked in " + where);
        }
        if (listing.sessions().isEmpty()) {
            terminal.say("No session is stored in " + where + ".");
            terminal.note("If there should be one, see whether " + Setting.STORAGE_ROOT_DIR.flag()
                    + " is what the collectors were told.");
        } else {
            List<List<String>> rows = new ArrayList<>(List.of(watched ? plus(HEADING, "STATE") : HEADING));
            for (int i = 0; i < states.size(); i++) {
                List<String> row = row(listing.sessions().get(i));
                rows.add(watched ? plus(row, states.get(i).phase().text() + " (" + states.get(i).code() + ")") : row);
            }
            print(rows);
        }
        if (verbose) {
            listing.damaged().forEach(entry -> terminal.note("damaged: " + entry.objectName() + ": " + entry.reason()));
        } else if (!listing.damaged().isEmpty()) {
            terminal.note(listing.damaged().size() + " damaged entries; --verbose names them.");
        }
    }

    private static List<String> row(SessionEntry entry) {
        ClusterRef cluster = entry.key().cluster();
        return List.of(cluster.namespace(), cluster.name(), entry.key().session(), started(entry),
                owner(cluster), entry.marked() ? "yes" : "no");
    }

    private static List<String> plus(List<String> row, String cell) {
        List<String> longer = new ArrayList<>(row);
        longer.add(cell);
        return longer;
    }

    private void print(List<List<String>> rows) {
        int[] widths = new int[rows.get(0).size()];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
            }
            terminal.say(line.toString().stripTrailing());
        }
    }

    private String json(String where, SessionCatalog.Listing listing) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
            out.writeStartObject();
            out.writeStringField("store", where);
            out.writeArrayFieldStart("sessions");
            for (int i = 0; i < states.size(); i++) {
                SessionEntry entry = listing.sessions().get(i);
                ClusterRef cluster = entry.key().cluster();
                out.writeStartObject();
                out.writeStringField("namespace", cluster.namespace());
                out.writeStringField("cluster", cluster.name());
                out.writeStringField("session", entry.key().session());
                out.writeStringField("started", entry.start().map(Instant::toString).orElse(null));
                out.writeStringField("ownerKind", cluster.ownerKind().folder());
                out.writeStringField("ownerName", cluster.ownerName());
                out.writeBooleanField("marker", entry.marked());
                out.writeStringField("state", states.get(i).phase().text());
                out.writeStringField("stateReason", states.get(i).code());
                out.writeStringField("stateText", states.get(i).text());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeArrayFieldStart("damaged");
            for (SessionCatalog.DamagedEntry entry : listing.damaged()) {
                out.writeStartObject();
                out.writeStringField("object", entry.objectName());
                out.writeStringField("reason", entry.reason());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        }
        return text.toString();
    }

    private static String started(SessionEntry entry) {
        return entry.start().map(start -> start.truncatedTo(ChronoUnit.SECONDS).toString()).orElse("?");
    }

    private static String owner(ClusterRef cluster) {
        return cluster.ownerKind() == OwnerKind.RAYCLUSTER ? "-" : cluster.ownerKind().folder() + "/" + cluster.ownerName();
    }
}
