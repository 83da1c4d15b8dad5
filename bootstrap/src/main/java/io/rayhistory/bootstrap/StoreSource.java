package io.rayhistory.bootstrap;

import io.rayhistory.adapters.azureblob.AzureBlobObjectStore;
import io.rayhistory.adapters.azureblob.AzureBlobSettings;
import io.rayhistory.adapters.azureblob.TimeBudgets;
import io.rayhistory.adapters.filesystem.DirectoryObjectStore;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.domain.HistoryException;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The store that the settings name, or the bundled sample if they name none.
 *
 * @param bundled   whether it is the sample
 * @param writeOnce whether what is stored cannot be changed
 * @param cleanUp   removes what was unpacked for it; does nothing otherwise
 */
record StoreSource(ObjectStore store, String rootDir, boolean bundled, boolean writeOnce, Runnable cleanUp) {
    static final List<Setting> SETTINGS = List.of(Setting.STORAGE_BACKEND, Setting.STORAGE_DIRECTORY, Setting.STORAGE_ROOT_DIR,
            Setting.STORAGE_CONFIG);
    private static final String SAMPLE = "hello-session.zip";

    static StoreSource of(SettingValues values, Terminal terminal) {
        Optional<Path> folder = values.path(Setting.STORAGE_DIRECTORY);
        if (folder.isEmpty() && !values.has(Setting.STORAGE_BACKEND)) {
            if (values.has(Setting.STORAGE_ROOT_DIR)) {
                throw values.refuse(Setting.STORAGE_ROOT_DIR, Setting.STORAGE_DIRECTORY.flag() + " as well", null);
            }
            terminal.note("No storage given (" + Setting.STORAGE_DIRECTORY.flag() + " DIR): this is the bundled sample, "
                    + "a small Ray 2.60 cluster of two nodes.");
            return sample();
        }
        return switch (values.text(Setting.STORAGE_BACKEND).toLowerCase(Locale.ROOT)) {
            case "filesystem" -> filesystem(values, folder);
            case "azureblob" -> azure(values, terminal, TimeBudgets.reader(), false);
            default -> throw values.refuse(Setting.STORAGE_BACKEND, "'filesystem' or 'azureblob'", null);
        };
    }

    /** For a collector: there has to be a store, a missing container is made, and writing has more patience. */
    static StoreSource forWriting(SettingValues values, Terminal terminal) {
        if (!values.has(Setting.STORAGE_BACKEND) && !values.has(Setting.STORAGE_DIRECTORY)) {
            throw values.refuse(Setting.STORAGE_BACKEND, "a kind of store: 'azureblob', or 'filesystem' with "
                    + Setting.STORAGE_DIRECTORY.flag(), null);
        }
        return values.text(Setting.STORAGE_BACKEND).equalsIgnoreCase("azureblob")
                ? azure(values, terminal, TimeBudgets.collector(), true) : of(values, terminal);
    }

    private static StoreSource azure(SettingValues values, Terminal terminal, TimeBudgets times, boolean create) {
        AzureBlobSettings settings = AzureBlobSettings.of(key -> values.backend(key, AzureBlobSettings.VARIABLES.get(key)),
                times, create, values.variables(AzureBlobSettings.IDENTITY_PREFIXES),
                values.text(Setting.STORAGE_CONFIG), terminal::warn);
        return new StoreSource(new AzureBlobObjectStore(settings, Clock.systemUTC()), values.text(Setting.STORAGE_ROOT_DIR), false,
                settings.immutable(), () -> { });
    }

    private static StoreSource filesystem(SettingValues values, Optional<Path> folder) {
        Path root = folder.orElseThrow(() -> HistoryException.invalid(
                Setting.STORAGE_BACKEND.flag() + " filesystem needs " + Setting.STORAGE_DIRECTORY.flag() + " DIR"));
        if (!Files.isDirectory(root)) {
            throw values.refuse(Setting.STORAGE_DIRECTORY, "an existing folder", null);
        }
        return new StoreSource(new DirectoryObjectStore(root), values.text(Setting.STORAGE_ROOT_DIR), false, false, () -> { });
    }

    /** The sample, unpacked: a store reads files, and a jar's inside is none. */
    private static StoreSource sample() {
        TemporaryFolder folder = TemporaryFolder.create();
        try (InputStream zip = StoreSource.class.getResourceAsStream(SAMPLE)) {
            Path archive = folder.path().resolve(SAMPLE);
            Path root = Files.createDirectory(folder.path().resolve("hello-session"));
            Files.copy(zip, archive);
            Archive.unpack(archive, root, Archive.Limits.DEFAULT);
            Files.delete(archive);
            return new StoreSource(new DirectoryObjectStore(root), "", true, false, folder::close);
        } catch (IOException e) {
            folder.close();
            throw new UncheckedIOException(e);
        }
    }
}
