package io.rayhistory.bootstrap;

import io.rayhistory.domain.HistoryException;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The flags of {@code collect}, with one dash or two as in Go, those of earlier revisions included, and what was given
 * under all these names.
 */
final class CollectOptions {
    private final Map<String, String> given = new HashMap<>();
    private final Map<String, String> environment;
    private final boolean freeNamespace;

    private CollectOptions(Map<String, String> environment, boolean freeNamespace) {
        this.environment = environment;
        this.freeNamespace = freeNamespace;
    }

    static CommandLine addTo(Object command) {
        CommandLine line = new CommandLine(command);
        CommandSpec spec = line.getCommandSpec();
        for (CollectSetting setting : CollectSetting.values()) {
            OptionSpec.Builder option = option(setting.flag(), setting.label(), setting.help());
            spec.addOption((setting.isSwitch() ? option.arity("0..1").fallbackValue("true") : option).build());
        }
        for (Setting setting : StoreSource.SETTINGS) {
            spec.addOption(option(setting.flag(), setting.label(), setting.help("")).build());
        }
        for (CollectSetting.Older older : CollectSetting.OLDER) {
            spec.addOption(option(older.flag(), "TEXT", "").hidden(true).build());
        }
        return line;
    }

    private static OptionSpec.Builder option(String flag, String label, String help) {
        // The last of several counts, as in Go.
        return OptionSpec.builder(flag, flag.substring(1)).paramLabel(label).type(String.class).description(help.replace("%", "%%"));
    }

    /** Reads flags and environment; older names become today's, with a warning each. */
    static CollectOptions read(CommandSpec spec, Terminal terminal) {
        ParseResult parsed = spec.commandLine().getParseResult();
        CollectOptions options = new CollectOptions(new HashMap<>(terminal.environment()),
                parsed.hasMatchedOption(CollectSetting.CLUSTER_ID.flag()) && !parsed.hasMatchedOption(CollectSetting.NAMESPACE.flag()));
        Stream.of(Arrays.stream(CollectSetting.values()).map(CollectSetting::flag), StoreSource.SETTINGS.stream().map(Setting::flag),
                CollectSetting.OLDER.stream().map(CollectSetting.Older::flag)).flatMap(flags -> flags).filter(parsed::hasMatchedOption)
                .forEach(flag -> options.given.put(flag, parsed.matchedOptionValue(flag, "")));
        for (CollectSetting.Older older : CollectSetting.OLDER) {
            options.rename(options.given, older.flag(), "--" + older.now(), terminal);
            options.rename(options.environment, older.variable(), today(older), terminal);
        }
        return options;
    }

    private static String today(CollectSetting.Older older) {
        for (Setting setting : StoreSource.SETTINGS) {
            if (setting.flag().equals("--" + older.now())) {
                return setting.variable();
            }
        }
        return "";
    }

    private void rename(Map<String, String> values, String older, String today, Terminal terminal) {
        String old = values.getOrDefault(older, "");
        if (old.isBlank()) {
            return;
        }
        terminal.warn(older + " is an older name of " + today);
        String now = values.getOrDefault(today, "");
        if (!now.isBlank() && !now.strip().equals(old.strip())) {
            throw HistoryException.invalid(older + " is '" + old + "' and " + today + " is '" + now + "': they mean the same, expected one of them");
        }
        values.put(today, old);
    }

    /** True if the namespace was given as a cluster id of old, which may be any text. */
    boolean freeNamespace() {
        return freeNamespace;
    }

    CollectValues collector(Terminal terminal) {
        Map<CollectSetting, String> flags = new EnumMap<>(CollectSetting.class);
        for (CollectSetting setting : CollectSetting.values()) {
            if (given.containsKey(setting.flag())) {
                flags.put(setting, given.get(setting.flag()));
            }
        }
        return new CollectValues(flags, environment, terminal::warn);
    }

    SettingValues storage(Terminal terminal) {
        Map<Setting, String> flags = new EnumMap<>(Setting.class);
        for (Setting setting : StoreSource.SETTINGS) {
            if (given.containsKey(setting.flag())) {
                flags.put(setting, given.get(setting.flag()));
            }
        }
        return SettingValues.read(flags, environment, terminal::warn, true);
    }
}
