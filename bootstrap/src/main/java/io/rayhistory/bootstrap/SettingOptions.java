package io.rayhistory.bootstrap;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Gives a command the flags of settings, and reads them back. */
final class SettingOptions {

    private SettingOptions() {
    }

    /** @param fallbacks defaults that differ for this command */
    static CommandLine addTo(Object command, List<Setting> settings, Map<Setting, String> fallbacks) {
        CommandLine line = new CommandLine(command);
        CommandSpec spec = line.getCommandSpec();
        for (Setting setting : settings) {
            spec.addOption(OptionSpec.builder(setting.flag())
                    .paramLabel(setting.label())
                    .type(String.class)
                    .description(setting.help(fallbacks.getOrDefault(setting, setting.fallback())).replace("%", "%%"))
                    .build());
        }
        return line;
    }

    /** What the command line gave; settings that the command does not know, or that were not given, are left out. */
    static SettingValues read(CommandSpec spec, Terminal terminal) {
        ParseResult parsed = spec.commandLine().getParseResult();
        Map<Setting, String> flags = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            if (parsed.hasMatchedOption(setting.flag())) {
                flags.put(setting, parsed.matchedOptionValue(setting.flag(), ""));
            }
        }
        return SettingValues.read(flags, terminal.environment(), terminal::warn);
    }
}
