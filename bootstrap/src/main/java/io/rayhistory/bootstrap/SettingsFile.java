package io.rayhistory.bootstrap;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.rayhistory.adapters.azureblob.AzureBlobSettings;
import io.rayhistory.domain.HistoryException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The configuration file: one JSON object of texts, numbers and booleans.
 *
 * @param settings what it says of ours
 * @param backend  what it says of the backends', by key
 */
record SettingsFile(Map<Setting, String> settings, Map<String, String> backend) {
    private static final long MAX_BYTES = 1 << 20;

    /** @throws HistoryException INVALID, naming the file and what is wrong with it */
    static SettingsFile read(Path file, Consumer<String> warn) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw HistoryException.invalid(file + ": a configuration file of more than " + MAX_BYTES + " bytes");
            }
            try (JsonParser in = new JsonFactory().createParser(file.toFile())) {
                return read(in, file, warn);
            }
        } catch (JsonProcessingException e) {
            throw invalid(file, "is no JSON object: " + e.getOriginalMessage(), e);
        } catch (NoSuchFileException e) {
            throw invalid(file, "does not exist", e);
        } catch (IOException e) {
            throw invalid(file, "cannot be read: " + e.getMessage(), e);
        }
    }

    private static SettingsFile read(JsonParser in, Path file, Consumer<String> warn) throws IOException {
        if (in.nextToken() != JsonToken.START_OBJECT) {
            throw invalid(file, "is no JSON object", null);
        }
        Map<Setting, String> values = new EnumMap<>(Setting.class);
        Map<String, String> backend = new HashMap<>();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String key = in.currentName();
            JsonToken value = in.nextToken();
            Setting setting = byKey(key);
            if (AzureBlobSettings.VARIABLES.containsKey(key)) {
                backend.put(key, backendText(in, file, key, value));
            } else if (setting == null) {
                warn.accept(file + ": unknown key '" + key + "' is ignored");
                in.skipChildren();
            } else if (value == JsonToken.START_OBJECT || value == JsonToken.START_ARRAY) {
                throw invalid(file, "key '" + key + "' holds " + value.asString() + "...: expected a text or a number", null);
            } else if (value != JsonToken.VALUE_NULL) {
                values.put(setting, in.getText());
            }
        }
        return new SettingsFile(values, backend);
    }

    private static String backendText(JsonParser in, Path file, String key, JsonToken value) throws IOException {
        boolean text = value == JsonToken.VALUE_STRING || AzureBlobSettings.NOT_TEXTS.contains(key) && value.isScalarValue();
        if (!text && value != JsonToken.VALUE_NULL) {
            String found = value.isNumeric() ? "a number" : value.isBoolean() ? "a boolean" : value == JsonToken.START_OBJECT ? "an object" : "an array";
            throw invalid(file, "key '" + key + "' holds " + found + ": expected a text", null);
        }
        return value == JsonToken.VALUE_NULL ? "" : in.getText();
    }

    private static Setting byKey(String key) {
        for (Setting setting : Setting.values()) {
            if (!setting.key().isEmpty() && setting.key().equals(key)) {
                return setting;
            }
        }
        return null;
    }

    private static HistoryException invalid(Path file, String what, Exception cause) {
        return new HistoryException(HistoryException.Kind.INVALID, Setting.STORAGE_CONFIG.flag() + " " + file + " " + what, cause);
    }
}
