package io.rayhistory.bootstrap;

import io.rayhistory.domain.HistoryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

final class SettingValuesTest {
    @TempDir
    private Path folder;
    private final List<String> warnings = new ArrayList<>();

    @Test
    void flagWinsOverVariableOverFileOverDefault() throws IOException {
        Path file = file("{\"host\": \"from-file\", \"port\": 3, \"sessionCacheTtl\": \"5m\"}");
        Map<String, String> environment = Map.of("RAYHISTORY_HOST", "from-variable", "RAYHISTORY_PORT", "2",
                "STORAGE_BACKEND_CONFIG_PATH", file.toString());
        SettingValues values = SettingValues.read(Map.of(Setting.HOST, "from-flag"), environment, warnings::add);

        assertEquals("from-flag", values.text(Setting.HOST));
        assertEquals(2, values.port("8080"));
        assertEquals(Duration.ofMinutes(5), values.cacheAge());
        assertEquals(100, values.cachedSessions());
        assertEquals(List.of(), warnings);
    }

    @Test
    void blankIsNotSet() throws IOException {
        Path file = file("{\"storageDirectory\": \"/from/file\", \"host\": \"\"}");
        SettingValues values = SettingValues.read(Map.of(Setting.STORAGE_CONFIG, file.toString(), Setting.HOST, " "),
                Map.of("STORAGE_DIRECTORY", ""), warnings::add);

        assertEquals("/from/file", values.text(Setting.STORAGE_DIRECTORY));
        assertEquals("127.0.0.1", values.text(Setting.HOST));
        assertFalse(values.has(Setting.HOST));
    }

    @Test
    void unknownKeyOfTheFileIsAWarningThatNamesIt() throws IOException {
        SettingValues values = readFile("{\"s3Bucket\": {\"a\": [1, 2]}, \"port\": 99}");
        assertEquals(99, values.port("8080"));
        assertEquals(1, warnings.size());
        assertTrue(warnings.get(0).contains("s3Bucket"), warnings.get(0));
    }

    @Test
    void forBackendsTheFileWinsAndBlankIsNotSet() throws IOException {
        Path file = file("{\"azureContainer\": \"from-file\", \"azureAccountURL\": \"\", \"azureClientId\": null, \"azureMaxConcurrency\": 4}");
        SettingValues values = SettingValues.read(Map.of(Setting.STORAGE_CONFIG, file.toString()),
                Map.of("CONTAINER", "from-variable", "URL", "https://x", "ID", "id"), warnings::add);
        assertEquals("from-file", values.backend("azureContainer", "CONTAINER"));
        assertEquals("https://x", values.backend("azureAccountURL", "URL"));
        assertEquals("id", values.backend("azureClientId", "ID"));
        assertEquals("4", values.backend("azureMaxConcurrency", "M"));
        assertEquals("", values.backend("azureAuthMode", "MODE"));
        assertEquals(List.of(), warnings);
    }

    @Test
    void aBackendsValueOfAnotherTypeIsRefused() {
        for (String[] bad : new String[][] {{"7", "a number"}, {"true", "a boolean"}, {"{}", "an object"}, {"[1]", "an array"}}) {
            String refused = message(() -> {
                try {
                    readFile("{\"azureContainer\": " + bad[0] + "}");
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            assertTrue(refused.contains("settings.json key 'azureContainer' holds " + bad[1] + ": expected a text"), refused);
        }
    }

    @Test
    void badFileIsRefusedByName() throws IOException {
        for (String text : List.of("", "[]", "{\"port\": }", "{\"host\": [\"a\"]}", "{\"host\": \"a\"")) {
            HistoryException refused = assertThrows(HistoryException.class, () -> readFile(text), text);
            assertEquals(HistoryException.Kind.INVALID, refused.kind());
            assertTrue(refused.getMessage().contains("settings.json"), refused.getMessage());
        }
        Path missing = folder.resolve("missing.json");
        assertThrows(HistoryException.class,
                () -> SettingValues.read(Map.of(Setting.STORAGE_CONFIG, missing.toString()), Map.of(), warnings::add));
    }

    @Test
    void complaintNamesTheValueAndWhereItCameFrom() {
        SettingValues values = SettingValues.read(Map.of(Setting.CACHE_TTL, "soon"),
                Map.of("RAYHISTORY_PORT", "70000", "SESSION_CACHE_MAX_MEMORY", "much"), warnings::add);
        assertEquals("variable RAYHISTORY_PORT is '70000': expected a whole number from 0 to 65535", message(() -> values.port("8080")));
        assertEquals("--session-cache-ttl is 'soon': expected a time such as 90s, 30m or 1h30m", message(values::cacheAge));
        assertTrue(message(() -> values.cacheBytes(1)).startsWith("variable SESSION_CACHE_MAX_MEMORY is 'much'"));
    }

    @Test
    void cacheMemoryOfZeroIsNoBoundAndUnsetIsTheUsual() {
        assertEquals(Long.MAX_VALUE, SettingValues.read(Map.of(Setting.CACHE_MEMORY, "0"), Map.of(), warnings::add).cacheBytes(7));
        assertEquals(7, SettingValues.read(Map.of(), Map.of(), warnings::add).cacheBytes(7));
    }

    @Test
    void timeoutOfZeroIsRefused() {
        SettingValues values = SettingValues.read(Map.of(Setting.PROCESS_TIMEOUT, "0"), Map.of(), warnings::add);
        assertThrows(HistoryException.class, values::processTimeout);
    }

    private static String message(Runnable action) {
        return assertThrows(HistoryException.class, action::run).getMessage();
    }

    private SettingValues readFile(String text) throws IOException {
        return SettingValues.read(Map.of(Setting.STORAGE_CONFIG, file(text).toString()), Map.of(), warnings::add);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("settings.json"), text);
    }
}
