package io.rayhistory.bootstrap;

import io.rayhistory.application.read.IndexUpkeep;
import io.rayhistory.application.read.SessionCacheSettings;
import io.rayhistory.application.read.SnapshotMode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code rayhistory index rebuild} and {@code verify}: the figures that lists of sessions show. */
@Command(name = "index", mixinStandardHelpOptions = true, versionProvider = Main.Version.class, usageHelpAutoWidth = true,
        synopsisSubcommandLabel = "COMMAND", header = "Makes or checks the index of sessions.",
        description = "%nServers write it while they load sessions; it lets lists show figures without loading anything. "
                + "A store without it works just as well.%n")
final class IndexCommand {
    private static final List<Setting> SETTINGS = settings();

    private IndexCommand() {
    }

    private static List<Setting> settings() {
        List<Setting> settings = new ArrayList<>(StoreSource.SETTINGS);
        settings.addAll(List.of(Setting.SNAPSHOTS, Setting.SNAPSHOT_QUIET));
        return List.copyOf(settings);
    }

    static CommandLine line(Terminal terminal) {
        CommandLine line = new CommandLine(new IndexCommand());
        line.addSubcommand("rebuild", SettingOptions.addTo(new Rebuild(terminal), SETTINGS, Map.of(Setting.SNAPSHOTS, "read")));
        line.addSubcommand("verify", SettingOptions.addTo(new Verify(terminal), SETTINGS, Map.of(Setting.SNAPSHOTS, "read")));
        return line;
    }

    @FunctionalInterface
    private interface Work {
        IndexUpkeep.Report with(IndexUpkeep upkeep);
    }

    private static IndexUpkeep.Report run(CommandSpec spec, Terminal terminal, Work work) {
        SettingValues values = SettingOptions.read(spec, terminal);
        try (Closing closing = new Closing()) {
            StoreSource source = StoreSource.of(values, terminal);
            closing.add(source.cleanUp()::run);
            Wiring wiring = closing.add(new Wiring(source, SessionCacheSettings.defaults(), values.snapshots(SnapshotMode.READ)));
            IndexUpkeep.Report report = work.with(wiring.index());
            terminal.say(report.sessions() + " sessions: " + report.sound() + " with figures that are right, " + report.stale()
                    + " with figures of an earlier state, " + report.missing() + " without, " + report.open() + " that have not ended, "
                    + report.failed() + " that cannot be read. " + report.gone() + " figures of sessions that are gone, "
                    + report.damaged() + " damaged or newer objects.");
            return report;
        }
    }

    /** Makes what is missing or stale. */
    @Command(name = "rebuild", mixinStandardHelpOptions = true, versionProvider = Main.Version.class, usageHelpAutoWidth = true,
            abbreviateSynopsis = true, sortOptions = false, header = "Makes the figures that are missing or of an earlier state, and drops those of deleted sessions.",
            description = "%nLoads every session of which there are none. Exit code 0 if all sessions could be read.%n")
    static final class Rebuild implements Callable<Integer> {
        private final Terminal terminal;
        @Spec
        private CommandSpec spec;
        @Option(names = "--all", description = "Make all figures anew.")
        private boolean all;

        Rebuild(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() {
            IndexUpkeep.Report report = run(spec, terminal, upkeep -> upkeep.rebuild(all, terminal::note));
            terminal.say("Wrote the figures of " + report.written() + ".");
            return report.failed() == 0 ? 0 : 1;
        }
    }

    /** Compares, changes nothing. */
    @Command(name = "verify", mixinStandardHelpOptions = true, versionProvider = Main.Version.class, usageHelpAutoWidth = true,
            abbreviateSynopsis = true, sortOptions = false, header = "Compares the index with the stored sessions; changes nothing.",
            description = "%nLists every session, loads none. Exit code 0 if nothing is wrong; figures that are missing are not.%n")
    static final class Verify implements Callable<Integer> {
        private final Terminal terminal;
        @Spec
        private CommandSpec spec;

        Verify(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() {
            IndexUpkeep.Report report = run(spec, terminal, upkeep -> upkeep.verify(terminal::note));
            return report.stale() + report.gone() + report.damaged() + report.failed() == 0 ? 0 : 1;
        }
    }
}
