package io.rayhistory.adapters.azureblob;

import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.domain.HistoryException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The real credentials of azure-identity, against an authority of ours and Azurite over TLS. */
final class TokenModesTest {
    @TempDir
    private static Path certificates;
    private static MadeCertificate certificate;
    private static Azurite azurite;

    @TempDir
    private Path folder;
    private TokenAuthority authority;
    private Path tokenFile;
    private final Map<String, String> values = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private TimeBudgets times = Stores.SHORT;
    private final StringBuffer log = new StringBuffer();
    private final Logger logger = Logger.getLogger(Identity.class.getName());
    private final Handler recorder = new Handler() {
        @Override
        public void publish(LogRecord record) {
            log.append(record.getMessage()).append('\n');
        }

        @Override
        public void flush() {
            // Nothing waits.
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    };

    @BeforeAll
    static void start() {
        certificate = MadeCertificate.in(certificates);
        azurite = Azurite.start("--oauth", "basic", "--cert", certificate.file().toString(), "--pwd", MadeCertificate.PASSWORD);
    }

    @AfterAll
    static void stop() {
        if (azurite != null) {
            azurite.stop();
        }
    }

    @BeforeEach
    void open() throws IOException {
        authority = new TokenAuthority(certificate.context());
        tokenFile = Files.writeString(folder.resolve("token"), assertion("pod-1"));
        environment.putAll(Map.of("AZURE_CLIENT_ID", TokenAuthority.CLIENT, "AZURE_TENANT_ID", TokenAuthority.TENANT,
                "AZURE_FEDERATED_TOKEN_FILE", tokenFile.toString(), "AZURE_AUTHORITY_HOST", authority.url()));
        values.putAll(Map.of("azureAccountURL", "https://127.0.0.1:" + azurite.port() + "/" + Azurite.ACCOUNT,
                "azureContainer", Azurite.freshContainer(), "azureAuthMode", "workload_identity"));
        logger.addHandler(recorder);
    }

    @AfterEach
    void close() {
        logger.removeHandler(recorder);
        authority.close();
    }

    private static String assertion(String subject) {
        return TokenAuthority.jwt("{\"iss\":\"https://cluster.example/\",\"sub\":\"system:serviceaccount:ray:" + subject
                + "\",\"aud\":[\"api://AzureADTokenExchange\"]}");
    }

    private AzureBlobSettings settings() {
        values.put("azureAuthorityHost", environment.getOrDefault("AZURE_AUTHORITY_HOST", ""));
        return AzureBlobSettings.of(key -> values.getOrDefault(key, ""), times, true, environment, "", warning -> {
            throw new AssertionError(warning);
        });
    }

    private AzureBlobObjectStore store() {
        return new AzureBlobObjectStore(AzureClient.of(settings(), HttpClient.newBuilder().sslContext(certificate.context()), Clock.systemUTC()));
    }

    private static ObjectInfo put(ObjectStore store, String name) {
        return store.put(name, new ByteArrayInputStream(name.getBytes()));
    }

    private String told() {
        try (ObjectStore store = store()) {
            HistoryException failure = assertThrows(HistoryException.class, () -> store.list("").hasNext());
            assertEquals(HistoryException.Kind.UNAVAILABLE, failure.kind());
            assertTrue(failure.getMessage().startsWith("Azure: list " + values.get("azureContainer") + ": "), failure.getMessage());
            assertFalse(failure.getMessage().contains("eyJ"), "shows a token: " + failure.getMessage());
            return failure.getMessage();
        }
    }

    private static void contains(String expected, String message) {
        assertTrue(message.contains(expected), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"workload_identity", "default"})
    void listsReadsAndWritesWithAFederatedToken(String mode) {
        values.put("azureAuthMode", mode);
        try (ObjectStore store = store()) {
            ObjectInfo put = put(store, "a/b");
            assertEquals(put, store.list("a/").next());
            assertEquals("a/b", store.read("a/b", 0, 9, "", (stream, object) -> new String(stream.readAllBytes())).orElseThrow());
            assertEquals(4, store.extend("a/b", put.etag(), 3, new ByteArrayInputStream(new byte[1])).orElseThrow().length());
            assertTrue(store.copy("a/b", "c").isPresent());
            assertTrue(store.delete("a/b"));
        }
        Map<String, String> form = authority.forms().get(0);
        assertEquals("client_credentials", form.get("grant_type"));
        assertEquals(TokenAuthority.CLIENT, form.get("client_id"));
        assertTrue(form.get("scope").startsWith("https://storage.azure.com/.default"), form.get("scope"));
        assertEquals("urn:ietf:params:oauth:client-assertion-type:jwt-bearer", form.get("client_assertion_type"));
        assertEquals(assertion("pod-1"), form.get("client_assertion"));
        assertEquals("/" + TokenAuthority.TENANT + "/oauth2/v2.0/token", form.get("path"));
        assertEquals("Azure: signed in to " + values.get("azureAccountURL") + " as client " + TokenAuthority.CLIENT + " of tenant "
                + TokenAuthority.TENANT + " by workload identity\n", log.toString());
    }

    @Test
    void aRotatedTokenFileIsReadAgain() throws Exception {
        authority.issueForSeconds(2);
        try (ObjectStore store = store()) {
            put(store, "x");
            Files.writeString(tokenFile, assertion("pod-2"));
            for (int i = 0; i < 40 && authority.forms().stream().noneMatch(form -> form.get("client_assertion").equals(assertion("pod-2"))); i++) {
                TimeUnit.MILLISECONDS.sleep(250);
                put(store, "x" + i);
            }
        }
        assertEquals(assertion("pod-2"), authority.forms().get(authority.forms().size() - 1).get("client_assertion"));
    }

    @Test
    void aTokenThatTheServiceFindsExpiredIsReplacedOnce() {
        authority.issueExpired(1);
        try (ObjectStore store = store()) {
            put(store, "x");
            assertEquals("x", store.list("").next().name());
        }
        assertTrue(authority.forms().size() >= 2);
    }

    @Test
    void aTokenForAnotherServiceIsNotAccepted() {
        authority.issueFor("https://vault.azure.net");
        contains("the service does not accept the token of identity " + TokenAuthority.CLIENT, told());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "AADSTS90002: Tenant 'x' not found. | AZURE_TENANT_ID is '11111111-2222-3333-4444-555555555555'.",
            "AADSTS700016: Application not found in the directory. | AZURE_CLIENT_ID is '99999999-8888-7777-6666-555555555555'",
            "AADSTS70021: No matching federated identity record found for presented assertion. | Our token has issuer 'https://cluster.example/', "
                    + "subject 'system:serviceaccount:ray:pod-1', audience '[api://AzureADTokenExchange]'",
            "AADSTS50001: Something else. | no token: AADSTS50001: Something else."})
    void aRefusedExchangeIsExplained(String description, String expected) {
        authority.refuse(description);
        String message = told();
        contains(description, message);
        contains(expected, message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_FEDERATED_TOKEN_FILE", "AZURE_AUTHORITY_HOST"})
    void aMissingVariableIsNamed(String name) {
        environment.remove(name);
        String message = told();
        contains("workload_identity needs the variable " + name + ", which is not set", message);
        contains("azure.workload.identity/use: \"true\"", message);
        assertEquals(0, authority.forms().size());
    }

    @Test
    void aMissingOrEmptyTokenFileIsNamed() throws IOException {
        Files.writeString(tokenFile, "\n");
        contains("the token file " + tokenFile + " (AZURE_FEDERATED_TOKEN_FILE) is empty", told());
        Files.delete(tokenFile);
        contains("the token file " + tokenFile + " (AZURE_FEDERATED_TOKEN_FILE) does not exist", told());
    }

    @Test
    void anAuthorityOutOfReachIsNamed() {
        String gone = authority.url();
        authority.close();
        contains("no token: cannot reach " + gone, told());
    }

    @Test
    void aDefaultChainWithoutAnyCredentialSaysWhatToSetUp() {
        values.put("azureAuthMode", "default");
        environment.keySet().retainAll(java.util.Set.of("AZURE_AUTHORITY_HOST"));
        environment.put("AZURE_TOKEN_CREDENTIALS", "EnvironmentCredential");
        String message = told();
        contains("no credential gave a token (default)", message);
        contains("azure.workload.identity/use", message);
    }

    @Test
    void theRoleAndTheNetworkAreToldApart() {
        values.put("azureAccountURL", authority.refusingAccount("AuthorizationPermissionMismatch"));
        contains("identity " + TokenAuthority.CLIENT + " may not list on " + values.get("azureContainer")
                + " (403 AuthorizationPermissionMismatch, request id id-403). Grant Storage Blob Data Reader", told());
        values.put("azureAccountURL", authority.refusingAccount("AuthorizationFailure"));
        contains("the storage account refuses this network: check its firewall or private endpoint (403 AuthorizationFailure", told());
    }

    private void waitsUntil(Runnable granted, String refusal) throws InterruptedException {
        times = Stores.waiting(Duration.ofSeconds(60));
        try (ObjectStore store = store()) {
            contains(refusal, assertThrows(HistoryException.class, () -> store.find("x")).getMessage());
            contains("Waiting for it", assertThrows(HistoryException.class, store::check).getMessage());
            granted.run();
            for (int i = 0; i < 600; i++) {
                try {
                    store.check();
                    return;
                } catch (HistoryException e) {
                    contains("Waiting for it", e.getMessage());
                    TimeUnit.MILLISECONDS.sleep(100);
                }
            }
        }
        throw new AssertionError("still waits");
    }

    @Test
    void aFederatedCredentialThatIsNotThereYetIsWaitedFor() throws InterruptedException {
        try (ObjectStore store = store()) {
            put(store, "makes the container");
        }
        authority.refuse("AADSTS70021: No matching federated identity record found for presented assertion.");
        waitsUntil(() -> authority.refuse(""), "AADSTS70021");
    }

    @Test
    void aRoleThatDoesNotWorkYetIsWaitedFor() throws InterruptedException {
        values.put("azureAccountURL", authority.refusingAccount("AuthorizationPermissionMismatch"));
        waitsUntil(authority::letIn, "may not look up on");
    }

    @Test
    void aWrongTenantIsNotWaitedFor() {
        times = Stores.waiting(Duration.ofSeconds(60));
        authority.refuse("AADSTS90002: Tenant 'x' not found.");
        assertFalse(told().contains("Waiting"));
    }

    @Test
    void aCertificateThatNobodyTrustsIsTold() {
        try (ObjectStore store = new AzureBlobObjectStore(Stores.settings("DefaultEndpointsProtocol=https;AccountName=" + Azurite.ACCOUNT
                + ";AccountKey=" + Azurite.KEY + ";BlobEndpoint=https://127.0.0.1:" + azurite.port() + "/" + Azurite.ACCOUNT, "abc",
                Stores.SHORT, true), Clock.systemUTC())) {
            String message = assertThrows(HistoryException.class, () -> store.list("").hasNext()).getMessage();
            contains("TLS: 127.0.0.1:" + azurite.port() + ": unable to find valid certification path", message);
        }
    }
}
