package io.rayhistory.adapters.azureblob;

import io.rayhistory.domain.HistoryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What is found out about settings before any request is sent. */
final class AzureBlobSettingsTest {
    private static final String CONNECTION = Azurite.connection(10_000);
    private static final String URL = "https://demo.blob.core.windows.net";
    private final List<String> warnings = new ArrayList<>();

    private AzureBlobSettings of(String... pairs) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            values.put("azure" + pairs[i], pairs[i + 1]);
        }
        return AzureBlobSettings.of(key -> values.getOrDefault(key, ""), TimeBudgets.reader(), false, Map.of("AZURE_CLIENT_SECRET", "hush"),
                "conf.json", warnings::add);
    }

    private String refused(String... pairs) {
        HistoryException refused = assertThrows(HistoryException.class, () -> of(pairs));
        assertEquals(HistoryException.Kind.INVALID, refused.kind());
        assertTrue(refused.getMessage().startsWith("Azure: "), refused.getMessage());
        return refused.getMessage();
    }

    @Test
    void nothingConfiguredSaysWhatToSet() {
        assertEquals("Azure: set AZURE_STORAGE_CONNECTION_STRING or AZURE_STORAGE_ACCOUNT_URL (or azureConnectionString / azureAccountURL "
                + "in conf.json)", refused());
        assertEquals(refused(), refused("ConnectionString", "  ", "AccountURL", "\n", "AuthMode", "default"));
    }

    @Test
    void theModeIsFoundOut() {
        assertEquals(AuthMode.CONNECTION_STRING, of("ConnectionString", CONNECTION).mode());
        assertEquals(AuthMode.DEFAULT, of("AccountURL", URL).mode());
        assertEquals(AuthMode.CONNECTION_STRING, of("ConnectionString", CONNECTION, "AccountURL", URL).mode());
        assertEquals(List.of(), warnings);
    }

    @ParameterizedTest
    @CsvSource({"workload_identity,WORKLOAD_IDENTITY", "Workload-Identity,WORKLOAD_IDENTITY", "' DEFAULT ',DEFAULT",
            "Connection_String,CONNECTION_STRING"})
    void theModeMayBeGivenInAnySpelling(String word, AuthMode mode) {
        AzureBlobSettings settings = of("ConnectionString", CONNECTION, "AccountURL", URL, "AuthMode", word);
        assertEquals(mode, settings.mode());
        assertEquals(mode == AuthMode.CONNECTION_STRING, settings.accountUrl().isEmpty());
        assertEquals(mode != AuthMode.CONNECTION_STRING, settings.connectionString().isEmpty());
        assertEquals(List.of(), warnings);
    }

    @Test
    void anUnknownModeIsAWarningAndThenFoundOut() {
        assertEquals(AuthMode.CONNECTION_STRING, of("ConnectionString", CONNECTION, "AccountURL", URL, "AuthMode", "managed").mode());
        assertEquals(1, warnings.size());
        assertTrue(warnings.get(0).contains("'managed' is none of connection_string, workload_identity, default"), warnings.get(0));
    }

    @Test
    void aModeWithoutItsOtherHalfIsRefused() {
        assertTrue(refused("ConnectionString", CONNECTION, "AuthMode", "default").contains("azureAuthMode=default needs azureAccountURL"));
        assertTrue(refused("ConnectionString", CONNECTION, "AuthMode", "workload_identity").contains("needs azureAccountURL"));
        assertTrue(refused("AccountURL", URL, "AuthMode", "connection_string").contains("needs azureConnectionString"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "demo.blob.core.windows.net | expected https://<account>",
            "http://demo.blob.core.windows.net | tokens need https",
            "https://demo.dfs.core.windows.net | use https://demo.blob.core.windows.net",
            "https://demo.blob.core.windows.net/container | azureContainer",
            "https://demo.blob.core.windows.net/?sig=abc | has a query",
            "ftp://demo.blob.core.windows.net | expected https",
            "https://user:secret@demo.blob.core.windows.net | expected https"})
    void anOddAccountUrlIsRefused(String url, String expected) {
        assertTrue(refused("AccountURL", url).contains(expected), refused("AccountURL", url));
        assertFalse(refused("AccountURL", url).contains("sig=abc"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://demo.blob.core.windows.net/", " https://demo.blob.core.windows.net\n", "https://127.0.0.1:10000/devstoreaccount1",
            "https://demo.blob.core.chinacloudapi.cn", "https://blobs.example.com"})
    void aGoodAccountUrlIsTaken(String url) {
        assertEquals(url.strip().replaceAll("/$", ""), of("AccountURL", url).accountUrl());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab", "Upper", "a--b", "-ab", "ab-", "$root", "$web", "a_b", "has blank", "x/y"})
    void anImpossibleContainerIsRefused(String container) {
        assertTrue(refused("AccountURL", URL, "Container", container).contains("'" + container + "': expected 3 to 63"));
        assertTrue(refused("AccountURL", URL, "Container", "a".repeat(64)).contains("expected 3 to 63"));
        assertEquals("a".repeat(63), of("AccountURL", URL, "Container", "a".repeat(63)).container());
        assertEquals("ray-historyserver", of("AccountURL", URL).container());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "AccountName=a | neither AccountKey nor SharedAccessSignature",
            "AccountKey=c2VjcmV0 | has AccountKey but no AccountName",
            "accountname=a;AccountKey=c2VjcmV0 | spells 'accountname': expected 'AccountName'",
            "AccountName=a;AccountKey=not*base64 | AccountKey that is no base64",
            "SharedAccessSignature=sv=1&sig=c2VjcmV0 | neither BlobEndpoint nor AccountName",
            "AccountName=a;AccountKey=c2VjcmV0;BlobEndpoint=nowhere | BlobEndpoint that is no URL",
            "AccountName=a;AccountKey=c2VjcmV0;BlobEndpoint=https://a.dfs.core.windows.net | use the blob one, a.blob.core.windows.net",
            "garbage | a part without a name"})
    void aBrokenConnectionStringNamesThePart(String text, String expected) {
        String message = refused("ConnectionString", text);
        assertTrue(message.contains(expected), message);
        assertFalse(message.contains("c2VjcmV0"), message);
        assertFalse(message.contains("not*base64"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UseDevelopmentStorage=true", "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=c2VjcmV0;EndpointSuffix=core.chinacloudapi.cn\n",
            "BlobEndpoint=https://a.blob.core.windows.net/;SharedAccessSignature=?sv=1&se=2026-11-22&sig=c2VjcmV0",
            "AccountName=a;SharedAccessSignature=sv=1&sig=c2VjcmV0"})
    void aGoodConnectionStringBuildsAStore(String text) {
        AzureBlobSettings settings = of("ConnectionString", text);
        try (AzureBlobObjectStore store = new AzureBlobObjectStore(settings, java.time.Clock.systemUTC())) {
            assertTrue(store.describe().endsWith("/ray-historyserver"), store.describe());
            assertFalse((store.describe() + settings + settings.environment().keySet()).contains("c2VjcmV0"));
        }
    }

    @Test
    void secretsAreNotShown() {
        String shown = of("ConnectionString", CONNECTION).toString() + ConnectionText.parse(CONNECTION) + of("AccountURL", URL);
        assertFalse(shown.contains(Azurite.KEY), shown);
        assertFalse(shown.contains("hush"), shown);
    }

    @Test
    void theOtherSettingsHaveDefaultsAndBounds() {
        AzureBlobSettings usual = of("AccountURL", URL);
        assertFalse(usual.createContainer());
        assertTrue(usual.instanceDiscovery());
        assertFalse(usual.immutable());
        assertEquals(16, usual.maxConcurrency());
        AzureBlobSettings other = of("AccountURL", URL, "CreateContainer", "Auto", "MaxConcurrency", "4", "DisableInstanceDiscovery", "true",
                "OperationTimeouts", "page=7s, upload=2m,block=9", "ClientId", "me", "Immutable", "TRUE");
        assertTrue(other.immutable());
        assertTrue(other.createContainer());
        assertFalse(other.instanceDiscovery());
        assertEquals(4, other.maxConcurrency());
        assertEquals(Duration.ofSeconds(7), other.times().page());
        assertEquals(Duration.ofMinutes(2), other.times().upload());
        assertEquals(Duration.ofSeconds(9), other.times().block());
        assertEquals(TimeBudgets.reader().download(), other.times().download());
        assertFalse(of("AccountURL", URL, "AuthorityHost", "https://localhost:4433/").instanceDiscovery());
        assertTrue(of("AccountURL", URL, "AuthorityHost", "https://login.microsoftonline.us/").instanceDiscovery());
        for (String[] bad : new String[][] {{"CreateContainer", "yes"}, {"MaxConcurrency", "0"}, {"MaxConcurrency", "257"}, {"MaxConcurrency", "x"},
                {"DisableInstanceDiscovery", "1"}, {"Immutable", "locked"}, {"OperationTimeouts", "page"}, {"OperationTimeouts", "page=0"}, {"OperationTimeouts", "rest=3s"},
                {"AuthorityHost", "http://login.example.com"}, {"AuthorityHost", "login.example.com"}}) {
            assertTrue(refused("AccountURL", URL, bad[0], bad[1]).contains(bad[1].replaceAll("=.*", "")), bad[0]);
        }
    }
}
