package io.rayhistory.bootstrap;

import io.rayhistory.application.read.SnapshotMode;
import io.rayhistory.application.read.SnapshotSettings;
import io.rayhistory.domain.HistoryException;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What was set, and where: a flag wins over a variable, a variable over the configuration file, that over the default.
 * Blank counts as not set. Complaints name the place a value came from, for it is seldom the one that people look at.
 */
final class SettingValues {
    private static final long MAX_CACHED_SESSIONS = 1_000_000;

    private record Given(String text, String origin) {
    }

    private final Map<Setting, Given> given = new EnumMap<>(Setting.class);
    private final Map<String, String> environment;
    private Map<String, String> backend = Map.of();

    private SettingValues(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * @param flags what the command line gave, by setting
     * @param warn  takes what is odd but no reason to stop, such as unknown keys of the file
     * @throws HistoryException INVALID if the file cannot be read or is no flat JSON object
     */
    static SettingValues read(Map<Setting, String> flags, Map<String, String> environment, Consumer<String> warn) {
        return read(flags, environment, warn, false);
    }

    /** @param variablesFirst whether a variable wins over a flag, as it does for collectors */
    static SettingValues read(Map<Setting, String> flags, Map<String, String> environment, Consumer<String> warn, boolean variablesFirst) {
        SettingValues values = new SettingValues(environment);
        for (Setting setting : Setting.values()) {
            String variable = environment.get(setting.variable());
            if (variablesFirst) {
                values.give(setting, variable, "variable " + setting.variable());
            }
            values.give(setting, flags.get(setting), setting.flag());
            values.give(setting, variable, "variable " + setting.variable());
        }
        Optional<Path> file = values.path(Setting.STORAGE_CONFIG);
        if (file.isPresent()) {
            SettingsFile stored = SettingsFile.read(file.get(), warn);
            values.backend = stored.backend();
            stored.settings().forEach((setting, text) -> values.give(setting, text, setting.key() + " of " + file.get()));
        }
        return values;
    }

    private void give(Setting setting, String text, String origin) {
        if (text != null && !text.isBlank()) {
            given.putIfAbsent(setting, new Given(text.strip(), origin));
        }
    }

    /** A setting of a backend. The file wins over the variable here, as it does in the Go history server. */
    String backend(String key, String variable) {
        String stored = backend.getOrDefault(key, "");
        return stored.isBlank() ? environment.getOrDefault(variable, "").strip() : stored.strip();
    }

    /** The variables whose names start with one of the texts. */
    Map<String, String> variables(Set<String> starts) {
        return environment.entrySet().stream().filter(entry -> starts.stream().anyMatch(entry.getKey()::startsWith))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    boolean has(Setting setting) {
        return given.containsKey(setting);
    }

    /** What was set, or the default. */
    String text(Setting setting) {
        return has(setting) ? given.get(setting).text() : setting.fallback();
    }

    Optional<Path> path(Setting setting) {
        String text = text(setting);
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text).toAbsolutePath().normalize());
        } catch (InvalidPathException e) {
            throw refuse(setting, "a path", e);
        }
    }

    /** Items separated by commas, without blanks around them and without empty ones. */
    List<String> items(Setting setting) {
        return Arrays.stream(text(setting).split(",")).map(String::strip).filter(item -> !item.isEmpty()).toList();
    }

    /** A variable that is none of our settings, {@code ""} if it is not set. */
    String variable(String name) {
        return environment.getOrDefault(name, "").strip();
    }

    /** Where the value came from; {@code ""} for a default. */
    String origin(Setting setting) {
        return has(setting) ? given.get(setting).origin() : "";
    }

    int port(String fallback) {
        return (int) whole(Setting.PORT, has(Setting.PORT) ? text(Setting.PORT) : fallback, 0, 65_535);
    }

    /** A port that was set. */
    int port(Setting setting) {
        return (int) whole(setting, text(setting), 0, 65_535);
    }

    int cachedSessions() {
        return (int) whole(Setting.CACHE_SIZE, text(Setting.CACHE_SIZE), 1, MAX_CACHED_SESSIONS);
    }

    /** The bound on cached bytes: as set, {@link Long#MAX_VALUE} for 0, {@code usual} when not set. */
    long cacheBytes(long usual) {
        if (!has(Setting.CACHE_MEMORY)) {
            return usual;
        }
        try {
            long bytes = Quantities.bytes(text(Setting.CACHE_MEMORY));
            return bytes == 0 ? Long.MAX_VALUE : bytes;
        } catch (IllegalArgumentException e) {
            throw refuse(Setting.CACHE_MEMORY, "a size such as 512m or 2Gi", e);
        }
    }

    /** Zero if nothing expires. */
    Duration cacheAge() {
        return duration(Setting.CACHE_TTL);
    }

    Duration processTimeout() {
        Duration timeout = duration(Setting.PROCESS_TIMEOUT);
        if (timeout.isZero()) {
            throw refuse(Setting.PROCESS_TIMEOUT, "a time above zero", null);
        }
        return timeout;
    }

    /** One of some words, whatever their case. */
    <E extends Enum<E>> E word(Setting setting, Class<E> words) {
        for (E word : words.getEnumConstants()) {
            if (word.name().replace('_', '-').equalsIgnoreCase(text(setting))) {
                return word;
            }
        }
        throw refuse(setting, "one of " + Arrays.toString(words.getEnumConstants()).toLowerCase(Locale.ROOT).replace('_', '-'), null);
    }

    /** @param fallback what holds for this command when nobody says anything */
    SnapshotSettings snapshots(SnapshotMode fallback) {
        return new SnapshotSettings(has(Setting.SNAPSHOTS) ? word(Setting.SNAPSHOTS, SnapshotMode.class) : fallback,
                duration(Setting.SNAPSHOT_QUIET));
    }

    boolean truth(Setting setting) {
        return switch (text(setting).toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes" -> true;
            case "false", "0", "no" -> false;
            default -> throw refuse(setting, "true or false", null);
        };
    }

    private Duration duration(Setting setting) {
        try {
            return Quantities.duration(text(setting));
        } catch (IllegalArgumentException e) {
            throw refuse(setting, "a time such as 90s, 30m or 1h30m", e);
        }
    }

    private long whole(Setting setting, String text, long least, long most) {
        try {
            long value = Long.parseLong(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw refuse(setting, "a whole number from " + least + " to " + most, e);
        }
        throw refuse(setting, "a whole number from " + least + " to " + most, null);
    }

    /** INVALID, naming the setting, where its value came from, and what was expected. */
    HistoryException refuse(Setting setting, String expected, Exception cause) {
        Given value = given.get(setting);
        String what = value == null ? setting.flag() : value.origin() + " is '" + value.text() + "'";
        return new HistoryException(HistoryException.Kind.INVALID, what + ": expected " + expected, cause);
    }
}
