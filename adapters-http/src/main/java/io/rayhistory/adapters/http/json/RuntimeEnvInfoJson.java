package io.rayhistory.adapters.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A task's {@code runtime_env_info}: the serialized text and what Ray derives from it (Ray: {@code
 * python/ray/_private/runtime_env/utils.py} and {@code RuntimeEnvInfo} in {@code runtime_environment.proto}). Events carry
 * only the text, so the rest is read from it; what cannot be read keeps Ray's defaults.
 */
final class RuntimeEnvInfoJson {
    private static final int DEFAULT_SETUP_TIMEOUT_SECONDS = 600;
    private static final RuntimeEnvInfoJson DEFAULTS = new RuntimeEnvInfoJson();

    private long setupTimeoutSeconds = DEFAULT_SETUP_TIMEOUT_SECONDS;
    private boolean eagerInstall = true;
    private final List<String> logFiles = new ArrayList<>();
    private String workingDirUri = "";
    private final List<String> pyModulesUris = new ArrayList<>();

    private RuntimeEnvInfoJson() {
    }

    /** @param driver a driver's task shows nothing but the text */
    static void write(JsonGenerator out, String serialized, boolean driver, RowStyle style) throws IOException {
        out.writeStartObject();
        out.writeStringField("serialized_runtime_env", RuntimeEnvJson.text(serialized, style.redact()));
        if (!driver) {
            parse(serialized).write(out);
        }
        out.writeEndObject();
    }

    private void write(JsonGenerator out) throws IOException {
        if (!workingDirUri.isEmpty() || !pyModulesUris.isEmpty()) {
            out.writeObjectFieldStart("uris");
            out.writeStringField("working_dir_uri", workingDirUri);
            writeTexts(out, "py_modules_uris", pyModulesUris);
            out.writeEndObject();
        }
        out.writeObjectFieldStart("runtime_env_config");
        out.writeNumberField("setup_timeout_seconds", setupTimeoutSeconds);
        out.writeBooleanField("eager_install", eagerInstall);
        writeTexts(out, "log_files", logFiles);
        out.writeEndObject();
    }

    private static void writeTexts(JsonGenerator out, String field, List<String> texts) throws IOException {
        out.writeArrayFieldStart(field);
        for (String text : texts) {
            out.writeString(text);
        }
        out.writeEndArray();
    }

    private static RuntimeEnvInfoJson parse(String serialized) throws IOException {
        // Nearly every task of a session has none of these, and there are many tasks.
        if (!serialized.contains("\"config\"") && !serialized.contains("\"working_dir\"")
                && !serialized.contains("\"py_modules\"")) {
            return DEFAULTS;
        }
        RuntimeEnvInfoJson info = new RuntimeEnvInfoJson();
        try (JsonParser in = EmbeddedJson.FACTORY.createParser(serialized)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                return DEFAULTS;
            }
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String name = in.currentName();
                JsonToken value = in.nextToken();
                if (name.equals("config") && value == JsonToken.START_OBJECT) {
                    info.readConfig(in);
                } else if (name.equals("working_dir") && value == JsonToken.VALUE_STRING) {
                    info.workingDirUri = in.getText();
                } else if (name.equals("py_modules") && value == JsonToken.START_ARRAY) {
                    readTexts(in, info.pyModulesUris);
                } else {
                    in.skipChildren();
                }
            }
            return info;
        } catch (JsonProcessingException e) {
            return DEFAULTS;
        }
    }

    private void readConfig(JsonParser in) throws IOException {
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            JsonToken value = in.nextToken();
            if (name.equals("setup_timeout_seconds") && value == JsonToken.VALUE_NUMBER_INT) {
                setupTimeoutSeconds = in.getLongValue();
            } else if (name.equals("eager_install") && value.isBoolean()) {
                eagerInstall = in.getBooleanValue();
            } else if (name.equals("log_files") && value == JsonToken.START_ARRAY) {
                readTexts(in, logFiles);
            } else {
                in.skipChildren();
            }
        }
    }

    private static void readTexts(JsonParser in, List<String> texts) throws IOException {
        for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY && token != null; token = in.nextToken()) {
            if (token == JsonToken.VALUE_STRING) {
                texts.add(in.getText());
            } else {
                in.skipChildren();
            }
        }
    }
}
