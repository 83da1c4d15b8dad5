package io.rayhistory.bootstrap;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code rayhistory serve}: all sessions of a store, over HTTP, until told to stop. */
@Command(name = "serve", mixinStandardHelpOptions = true, versionProvider = Main.Version.class, usageHelpAutoWidth = true,
        sortOptions = false,
        description = {"%nServes every stored session over HTTP; without storage settings, the bundled sample.%n",
                "A flag wins over its [VARIABLE], that over the configuration file.%n"})
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
        try (Closing closing = new Closing()) {
            StoreSource source = StoreSource.of(values, terminal);
            closing.add(source.cleanUp()::run);
            Wiring wiring = closing.add(new Wiring(source, values));
            WebAddress address = closing.add(wiring.serve(Optional.empty(), values, Setting.PORT.fallback()));
            terminal.say("Serving " + wiring.catalog().describe());
            terminal.say("Ready: " + address.url() + "/");
            Closing.untilStopped();
        }
        return 0;
    }
}
