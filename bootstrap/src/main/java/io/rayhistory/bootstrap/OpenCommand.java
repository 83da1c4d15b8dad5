package io.rayhistory.bootstrap;

import io.rayhistory.adapters.http.HttpSettings;
import io.rayhistory.application.read.SessionCacheSettings;
import io.rayhistory.application.read.SessionEntry;
import io.rayhistory.application.read.SnapshotMode;
import io.rayhistory.application.read.SnapshotSettings;
import io.rayhistory.application.read.StoredSession;
import io.rayhistory.domain.history.SessionHistory;
import io.rayhistory.domain.id.ClusterRef;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code rayhistory open}: one session at the root of a port, as if its dashboard still ran. */
@Command(name = "open", mixinStandardHelpOptions = true, versionProvider = Main.Version.class, usageHelpAutoWidth = true,
        abbreviateSynopsis = true, sortOptions = false,
        header = "Serves one session as if its dashboard still ran.",
        description = "%nBrowsers and Ray's own command line find the session at the root of the port, where its dashboard was.%n")
final class OpenCommand implements Callable<Integer> {
    /** The port of Ray's dashboard. */
    static final String PORT = "8265";
    static final List<Setting> SETTINGS = List.of(Setting.HOST, Setting.PORT, Setting.DASHBOARD_DIR, Setting.GRAFANA_HOST,
            Setting.REDACTION, Setting.NODES_DEAD, Setting.STORAGE_BACKEND, Setting.STORAGE_ROOT_DIR, Setting.STORAGE_CONFIG,
            Setting.PROCESS_TIMEOUT, Setting.SNAPSHOTS, Setting.SNAPSHOT_QUIET);

    private final Terminal terminal;

    @Spec
    private CommandSpec spec;
    @Parameters(paramLabel = "PATH", arity = "0..1",
            description = "A store's folder, one session's folder, or a .tar.gz, .tgz, .tar or .zip of either. "
                    + "Not needed with --storage-backend azureblob.")
    private Path path;
    @Option(names = "--session", paramLabel = "NAME",
            description = "Which session: its name, or NAMESPACE/CLUSTER/NAME. Default: the newest.")
    private String wanted = "";

    OpenCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        SettingValues values = SettingOptions.read(spec, terminal);
        SessionCacheSettings cache = Wiring.cacheSettings(values);
        SnapshotSettings snapshots = values.snapshots(SnapshotMode.READ);
        HttpSettings http = Wiring.httpSettings(values, PORT);
        try (Closing closing = new Closing()) {
            OpenedPath opened = closing.add(opened(values));
            Wiring wiring = closing.add(new Wiring(opened.source(), cache, snapshots));
            SessionEntry entry = opened.only().isPresent()
                    ? SessionChoice.resolve(wiring.catalog(), opened.only().get())
                    : SessionChoice.among(wiring.catalog(), wanted, terminal);
            StoredSession session = wiring.histories().open(entry);
            WebAddress address = closing.add(wiring.serve(http.withSingleSession(entry.key())));
            describe(session, address);
            Closing.untilStopped();
        }
        return 0;
    }

    private OpenedPath opened(SettingValues values) {
        if (path != null) {
            return OpenedPath.open(path, values.text(Setting.STORAGE_ROOT_DIR), terminal);
        }
        if (!values.has(Setting.STORAGE_BACKEND)) {
            throw new CommandLine.MissingParameterException(spec.commandLine(), spec.positionalParameters().get(0),
                    "Missing required parameter: 'PATH'");
        }
        return new OpenedPath(StoreSource.of(values, terminal), Optional.empty());
    }

    private void describe(StoredSession session, WebAddress address) {
        ClusterRef cluster = session.entry().key().cluster();
        SessionHistory history = session.history();
        terminal.say(session.entry().key().session() + " of cluster " + cluster.name() + " (namespace " + cluster.namespace() + ")"
                + (session.rayVersion().isEmpty() ? "" : ", Ray " + session.rayVersion()) + ": "
                + history.tasks().size() + " task attempts, " + history.actors().size() + " actors, "
                + history.jobs().size() + " jobs, " + history.nodes().size() + " nodes.");
        long damaged = session.report().damage().values().stream().mapToLong(Long::longValue).sum();
        if (damaged > 0) {
            terminal.warn(damaged + " pieces of the record could not be used: " + session.report().damage());
        }
        terminal.say("Ready: " + address.url() + "/");
        terminal.say("What failed, and all else: " + address.url() + "/sessions");
        terminal.say("");
        terminal.say("For Ray's command line, in another shell:");
        terminal.say("  export RAY_ADDRESS=" + address.url());
        terminal.say("  ray list tasks");
    }
}
