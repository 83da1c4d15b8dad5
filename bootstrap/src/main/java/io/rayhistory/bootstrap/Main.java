package io.rayhistory.bootstrap;

import io.rayhistory.domain.HistoryException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The command {@code rayhistory}. Exit codes: 0 fine, 1 failed, 2 asked for something that makes no sense. */
@Command(name = "rayhistory", mixinStandardHelpOptions = true, versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND", usageHelpAutoWidth = true,
        description = {"Shows Ray clusters that are gone as their dashboard showed them: replays what collectors stored, and "
                + "answers the dashboard's API for browsers, the Ray command line and the Ray SDK.%n"},
        footerHeading = "%nExamples:%n",
        footer = {"  rayhistory serve                                   the bundled sample",
                  "  rayhistory serve --storage-directory /data/ray     everything a folder holds",
                  "  rayhistory open crash.tar.gz                       one session, for Ray",
                  "  rayhistory sessions --storage-directory /data/ray  what is stored"})
public final class Main {
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Log more, and show stack traces of failures.")
    private boolean debug;

    private Main() {
    }

    /** @param args see {@code --help} */
    public static void main(String[] args) {
        keepConnectionsBriefly();
        PrintWriter out = new PrintWriter(System.out, true);
        PrintWriter err = new PrintWriter(System.err, true);
        int code = run(new Terminal(out, err, System.getenv()), args);
        out.flush();
        err.flush();
        System.exit(code);
    }

    /** As newer JDKs do; with 17 a head that is gone would have our connection for 20 minutes. */
    private static void keepConnectionsBriefly() {
        String name = "jdk.httpclient.keepalive.timeout";
        System.setProperty(name, System.getProperty(name, "30"));
    }

    /** Everything but the end of the process; {@code serve} and {@code open} return when their thread is interrupted. */
    static int run(Terminal terminal, String... args) {
        Main main = new Main();
        CommandLine line = new CommandLine(main);
        addCommands(line, terminal, args);
        line.setOut(terminal.out())
                .setErr(terminal.err())
                .setParameterExceptionHandler((failure, given) -> misuse(terminal, failure))
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(terminal, failure, main.debug));
        line.setExecutionStrategy(parsed -> {
            Logging.configure(main.debug);
            return parsed.subcommand() == null && !parsed.isUsageHelpRequested() && !parsed.isVersionHelpRequested()
                    ? help(line) : new CommandLine.RunLast().execute(parsed);
        });
        return line.execute(args);
    }

    /** Only the one that is asked for, if it is known: describing all settings of all takes 0.07 s of CPU. */
    private static void addCommands(CommandLine line, Terminal terminal, String... args) {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("serve", () -> SettingOptions.addTo(new ServeCommand(terminal), ServeCommand.SETTINGS, Map.of()));
        commands.put("open", () -> SettingOptions.addTo(new OpenCommand(terminal), OpenCommand.SETTINGS,
                Map.of(Setting.PORT, OpenCommand.PORT, Setting.SNAPSHOTS, "read")));
        commands.put("collect", () -> CollectOptions.addTo(new CollectCommand(terminal)));
        commands.put("sessions", () -> SettingOptions.addTo(new SessionsCommand(terminal), SessionsCommand.SETTINGS, Map.of()));
        commands.put("check-config", () -> SettingOptions.addTo(new CheckConfigCommand(terminal), ServeCommand.SETTINGS, Map.of()));
        commands.put("check-storage", () -> SettingOptions.addTo(new CheckStorageCommand(terminal), StoreSource.SETTINGS, Map.of()));
        commands.put("options", () -> new OptionsCommand(terminal));
        commands.put("index", () -> IndexCommand.line(terminal));
        commands.put("rehearse", RehearseCommand::new);
        String asked = Stream.of(args).filter(argument -> !argument.startsWith("-")).findFirst().orElse("");
        commands.forEach((name, command) -> {
            if (name.equals(asked) || !commands.containsKey(asked)) {
                line.addSubcommand(name, command.get());
            }
        });
    }

    private static int help(CommandLine line) {
        line.usage(line.getOut());
        return 0;
    }

    private static int misuse(Terminal terminal, ParameterException failure) {
        CommandLine command = failure.getCommandLine();
        terminal.complain(failure.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(failure, terminal.err());
        terminal.err().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return USAGE;
    }

    private static int failed(Terminal terminal, Exception failure, boolean debug) {
        boolean expected = failure instanceof HistoryException || failure instanceof CollectCommand.Refused;
        terminal.complain(expected ? failure.getMessage()
                : "unexpected: " + failure + (debug ? "" : " (--debug shows where)"));
        if (debug) {
            failure.printStackTrace(terminal.err());
        }
        return failure instanceof HistoryException known && known.kind() == HistoryException.Kind.INVALID ? USAGE : FAILED;
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"rayhistory " + number() + " (Java " + Runtime.version().feature() + ")"};
        }

        static String number() {
            try (InputStream in = Main.class.getResourceAsStream("version.properties")) {
                Properties properties = new Properties();
                properties.load(in);
                return properties.getProperty("version");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
