package io.rayhistory.bootstrap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a user types and sees, without a server. */
final class CommandLineTest {
    private static final Path RECORDING = Path.of("src/test/resources/recordings/ray-2.60-demo/store.tar.gz");

    @TempDir
    private Path folder;

    @Test
    void withoutArgumentsItHelps() {
        Said said = Said.by();
        assertEquals(0, said.code());
        assertTrue(said.out().contains("Usage: rayhistory"), said.out());
        assertTrue(said.out().contains("sessions"), said.out());
    }

    @Test
    void helpOfServeNamesEverySetting() {
        String help = Said.by("serve", "--help").out();
        for (Setting setting : Setting.values()) {
            assertTrue(help.contains(setting.flag() + "="), setting.flag());
            assertTrue(help.contains("[" + setting.variable() + "]"), setting.variable());
        }
    }

    @Test
    void versionIsThatOfTheBuild() {
        assertTrue(Said.by("--version").out().matches("rayhistory \\d+\\.\\d+\\.\\d+ \\(Java \\d+\\)\\R"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "nonsense | 'nonsense'",
            "serve --nonsense | '--nonsense'",
            "serve --port many | --port is 'many'",
            "serve --port 65536 | from 0 to 65535",
            "serve --session-cache-size 0 | --session-cache-size is '0'",
            "serve --session-cache-ttl soon | such as 90s",
            "serve --runtime-env-redaction some | one of [off, browsers, always]",
            "serve --nodes-dead-at-end maybe | --nodes-dead-at-end is 'maybe': expected true or false",
            "serve --storage-backend floppy | --storage-backend is 'floppy'",
            "serve --storage-backend filesystem | needs --storage-directory",
            "serve --storage-root-dir ray | --storage-directory",
            "sessions --storage-backend azureblob | set AZURE_STORAGE_CONNECTION_STRING or AZURE_STORAGE_ACCOUNT_URL",
            "open --storage-backend azureblob | set AZURE_STORAGE_CONNECTION_STRING or AZURE_STORAGE_ACCOUNT_URL",
            "check-storage --storage-backend AzureBlob | set AZURE_STORAGE_CONNECTION_STRING or AZURE_STORAGE_ACCOUNT_URL",
            "serve --storage-directory /nowhere/at/all | an existing folder",
            "serve --storage-backend-config-path /nowhere.json | /nowhere.json",
            "serve --admin-port many | --admin-port is 'many': expected a whole number",
            "serve --auth proxy | --auth-proxy-cidrs as well",
            "serve --auth proxy --auth-proxy-cidrs example.com | is no range of addresses: expected",
            "serve --auth proxy --auth-proxy-cidrs 10.0.0.0/33 | 10.0.0.0/33",
            "serve --auth proxy --auth-proxy-cidrs ::1 --auth-proxy-prefix system:x | is a prefix of Kubernetes",
            "serve --auth proxy --auth-proxy-cidrs ::1 --auth-proxy-user-header a:b | is no name of a header",
            "serve --auth-namespace-map old | pairs DELETED=SUCCESSOR",
            "serve --auth-namespace-map a=b,a=c | each deleted one once",
            "serve --live-delegated some | one of [off, service-account, caller]",
            "open | PATH",
            "open /nowhere.zip | no such file or folder",
            "open pom.xml | expected a folder, or a .tar.gz",
            "sessions --storage-directory . --storage-root-dir ../up | ../up"})
    void misuseIsCodeTwoAndOneSentence(String arguments, String expected) {
        Said said = Said.by(arguments.split(" "));
        assertEquals(2, said.code(), said.err());
        assertTrue(said.err().startsWith("rayhistory: "), said.err());
        assertTrue(said.err().contains(expected), said.err());
        assertFalse(said.err().contains("\tat "), said.err());
        assertEquals("", said.out());
    }

    @Test
    void debugShowsWhere() {
        Said said = Said.by("open", "/nowhere.zip", "--debug");
        assertEquals(2, said.code());
        assertTrue(said.err().contains("\tat "), said.err());
    }

    @Test
    void folderWithoutHistoryIsAFailure() {
        Said said = Said.by("open", folder.toString());
        assertEquals(1, said.code());
        assertTrue(said.err().contains("holds no Ray history"), said.err());
    }

    @Test
    void sessionThatIsNotThereIsAFailureThatNamesThoseThatAre() {
        Said said = Said.by("open", RECORDING.toString(), "--session", "session_x");
        assertEquals(1, said.code());
        assertTrue(said.err().contains("default/demo/session_2026-11-22_20-21-16_964865_19675"), said.err());
    }

    @Test
    void emptyStoreSaysWhereItLooked() {
        Said said = Said.by("sessions", "--storage-directory", folder.toString());
        assertEquals(0, said.code());
        assertTrue(said.out().contains(folder.toString()), said.out());
    }

    @Test
    void sessionsWithoutStorageAreThoseOfTheSample() {
        Said said = Said.by("sessions");
        assertEquals(0, said.code());
        assertTrue(said.err().contains("bundled sample"), said.err());
        assertTrue(Arrays.stream(said.out().split("\\R")).anyMatch(
                line -> line.matches("default +demo +session_2026-11-22_20-21-16_964865_19675 +2026-11-22T20:21:16Z +- +yes")), said.out());
    }

    @Test
    void variablesAreReadAndNamed() {
        Said said = Said.with(Map.of("STORAGE_DIRECTORY", "/nowhere/at/all"), "sessions");
        assertEquals(2, said.code());
        assertTrue(said.err().contains("variable STORAGE_DIRECTORY is '/nowhere/at/all'"), said.err());
    }

    @Test
    void sessionsAsJson() {
        String json = Said.by("sessions", "--json").out();
        assertTrue(json.contains("\"session\" : \"session_2026-11-22_20-21-16_964865_19675\""), json);
        assertTrue(json.contains("\"damaged\" : [ ]"), json);
    }

    @Test
    void checkStorageSaysWhatWorksAndLeavesNothingBehind() throws java.io.IOException {
        java.nio.file.Files.writeString(folder.resolve("object"), "12345");
        Said said = Said.by("check-storage", "--storage-directory", folder.toString());
        assertEquals(0, said.code(), said.err());
        for (String line : new String[] {"list    ok: first is object", "read    ok: 5 bytes", "write   ok", "extend  ok: read back as written",
                "delete  ok", "All of it works"}) {
            assertTrue(said.out().contains(line), said.out());
        }
        try (java.util.stream.Stream<Path> left = java.nio.file.Files.list(folder)) {
            assertEquals(java.util.List.of(folder.resolve("object")), left.toList());
        }
    }

    @Test
    void checkStorageOfAStoreOutOfReachIsCodeOneAndTellsWhy() {
        Said said = Said.with(Map.of("AZURE_STORAGE_ACCOUNT_URL", "https://demo.blob.core.windows.net", "AZURE_STORAGE_AUTH_MODE", "workload_identity"),
                "check-storage", "--storage-backend", "azureblob");
        assertEquals(1, said.code(), said.err());
        assertTrue(said.out().contains("list    FAILED: Azure: list ray-historyserver: workload_identity needs the variable AZURE_CLIENT_ID"), said.out());
        assertTrue(said.out().contains("cannot work with this store"), said.out());
    }
}
