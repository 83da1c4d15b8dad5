package io.rayhistory.bootstrap;

import io.rayhistory.adapters.http.HttpSettings;
import io.rayhistory.application.read.SessionCacheSettings;
import io.rayhistory.application.read.SnapshotMode;
import io.rayhistory.application.read.SnapshotSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code rayhistory serve}: all sessions of a store, over HTTP, until told to stop. */
@Command(name = "serve", mixinStandardHelpOptions = true, versionProvider = Main.Version.class, usageHelpAutoWidth = true,
        abbreviateSynopsis = true, sortOptions = false,
        header = "Serves every stored session over HTTP.",
        description = "%nWithout storage settings it serves the bundled sample. "
                + "A flag wins over its [VARIABLE], that over the configuration file.%n")
final class ServeCommand implements Callable<Integer> {
    static final List<Setting> SETTINGS = List.of(Setting.values());

    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    ServeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        SettingValues values = SettingOptions.read(spec, terminal);
        SessionCacheSettings cache = Wiring.cacheSettings(values);
        SnapshotSettings snapshots = values.snapshots(SnapshotMode.READ_WRITE);
        HttpSettings http = Wiring.httpSettings(values, Setting.PORT.fallback());
        KubernetesPlan kubernetes = KubernetesPlan.of(values);
        AccessPlan access = AccessPlan.of(values, kubernetes);
        Optional<AdminPlan> admin = AdminPlan.of(values);
        access.warn(terminal::warn);
        try (Closing closing = new Closing()) {
            StoreSource source = StoreSource.of(values, terminal);
            closing.add(source.cleanUp()::run);
            Wiring wiring = closing.add(new Wiring(source, cache, snapshots));
            wiring.watch(kubernetes, terminal::note);
            wiring.guard(access);
            WebAddress address = closing.add(wiring.serve(http, admin, terminal::say));
            terminal.say("Serving " + (source.bundled() ? "the bundled sample" : wiring.catalog().describe()));
            terminal.say("Ready: " + address.url() + "/");
            Closing.untilStopped();
        }
        return 0;
    }
}
