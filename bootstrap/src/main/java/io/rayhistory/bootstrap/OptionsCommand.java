package io.rayhistory.bootstrap;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.rayhistory.adapters.azureblob.AzureBlobSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code rayhistory options}: under which names something can be set. For whoever writes manifests, or checks them. */
@Command(name = "options", mixinStandardHelpOptions = true, versionProvider = Main.Version.class, usageHelpAutoWidth = true,
        sortOptions = false, header = "Lists what serve and collect can be told: variables, flags, keys of the configuration file.",
        description = "%nWhat each one does, say serve --help and collect --help; those of Azure, the README.%n")
final class OptionsCommand implements Callable<Integer> {
    /** Names by which something is set, {@code ""} where it has none, and what holds if nobody does. */
    private record Named(String command, String variable, String flag, String key, String fallback) {
    }

    private final Terminal terminal;

    @Option(names = "--json", description = "Print one JSON array instead of lines.")
    private boolean json;

    OptionsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    private static List<Named> all() {
        List<Named> all = new ArrayList<>();
        for (Setting setting : ServeCommand.SETTINGS) {
            all.add(named("serve", setting));
        }
        for (CollectSetting setting : CollectSetting.values()) {
            all.add(new Named("collect", setting.variable(), setting.flag(), "", setting.fallback()));
        }
        for (Setting setting : StoreSource.SETTINGS) {
            all.add(named("collect", setting));
        }
        for (String command : List.of("serve", "collect")) {
            AzureBlobSettings.VARIABLES.forEach((key, variable) -> all.add(new Named(command, variable, "", key, "")));
        }
        return all;
    }

    private static Named named(String command, Setting setting) {
        return new Named(command, setting.variable(), setting.flag(), setting.key(), setting.fallback());
    }

    @Override
    public Integer call() throws IOException {
        if (json) {
            terminal.say(json(all()));
        } else {
            all().forEach(one -> terminal.say((one.command() + " " + one.variable() + " " + one.flag()).strip()
                    + (one.fallback().isEmpty() ? "" : " (" + one.fallback() + ")")));
        }
        return 0;
    }

    private static String json(List<Named> all) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
            out.writeStartArray();
            for (Named one : all) {
                out.writeStartObject();
                out.writeStringField("command", one.command());
                out.writeStringField("variable", one.variable());
                out.writeStringField("flag", one.flag());
                out.writeStringField("key", one.key());
                out.writeStringField("default", one.fallback());
                out.writeEndObject();
            }
            out.writeEndArray();
        }
        return text.toString();
    }
}
