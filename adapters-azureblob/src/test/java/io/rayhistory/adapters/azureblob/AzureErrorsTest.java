package io.rayhistory.adapters.azureblob;

import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.AccessTier;
import com.azure.storage.blob.sas.BlobContainerSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.domain.HistoryException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The table of what a user is told (spec: azure-blob.md, section 3.2), without the rows about tokens. */
final class AzureErrorsTest {
    private static final InstantSource CLOCK = Clock.systemUTC();

    private String container;
    private FaultyProxy proxy;

    @BeforeEach
    void open() {
        container = Azurite.freshContainer();
        proxy = new FaultyProxy(Azurite.shared().port());
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
    }

    private static String told(AzureBlobSettings settings, InstantSource clock, java.util.function.Consumer<ObjectStore> action) {
        try (ObjectStore store = new AzureBlobObjectStore(settings, clock)) {
            HistoryException failure = assertThrows(HistoryException.class, () -> action.accept(store));
            assertEquals(HistoryException.Kind.UNAVAILABLE, failure.kind());
            assertFalse(failure.getMessage().contains(Azurite.KEY), "shows the key");
            assertFalse(failure.getMessage().contains("sig="), "shows a signature");
            return failure.getMessage();
        }
    }

    private String told(String connection, java.util.function.Consumer<ObjectStore> action) {
        return told(Stores.settings(connection, container, Stores.SHORT, false), CLOCK, action);
    }

    private static void list(ObjectStore store) {
        store.list("").hasNext();
    }

    private static void starts(String expected, String message) {
        assertTrue(message.startsWith(expected), message);
    }

    private static void contains(String expected, String message) {
        assertTrue(message.contains(expected), message);
    }

    private void makeContainer() {
        try (ObjectStore store = new AzureBlobObjectStore(Stores.settings(Azurite.shared().connection(), container, Stores.SHORT, true), CLOCK)) {
            store.put("a/b", new ByteArrayInputStream(new byte[9]));
        }
    }

    @Test
    void aWrongKey() {
        String wrong = Azurite.shared().connection().replace("Eby8", "Fby8");
        starts("Azure: list " + container + ": the account key does not match account devstoreaccount1 (403 AuthorizationFailure, request id ",
                told(wrong, AzureErrorsTest::list));
        starts("Azure: read " + container + "/a/b: the account key does not match", told(wrong, store -> store.read("a/b", 0, 1, "", (s, o) -> 0)));
        starts("Azure: look up " + container + "/a/b: the account key does not match", told(wrong, store -> store.find("a/b")));
        starts("Azure: write " + container + "/x: the account key does not match",
                told(wrong, store -> store.put("x", new ByteArrayInputStream(new byte[1]))));
    }

    @Test
    void aClockThatIsOff() {
        proxy.when(request -> FaultyProxy.answer(403, "AuthenticationFailed", "Date: Sun, 22 Nov 2026 12:00:00 GMT"));
        InstantSource late = () -> java.time.Instant.parse("2026-11-22T12:47:30Z");
        contains("this host's clock is 47 min off (service time Sun, 22 Nov 2026 12:00:00 GMT) (403 AuthenticationFailed",
                told(Stores.settings(Azurite.connection(proxy.port()), container, Stores.SHORT, false), late, AzureErrorsTest::list));
    }

    private String sas(String permissions, OffsetDateTime start, OffsetDateTime end) {
        BlobServiceSasSignatureValues values = new BlobServiceSasSignatureValues(end, BlobContainerSasPermission.parse(permissions)).setStartTime(start);
        String signature = new BlobServiceClientBuilder().serviceVersion(AzureClient.VERSION)
                .connectionString(Azurite.shared().connection()).buildClient()
                .getBlobContainerClient(container).generateSas(values);
        return "BlobEndpoint=http://127.0.0.1:" + Azurite.shared().port() + "/" + Azurite.ACCOUNT + ";SharedAccessSignature=" + signature;
    }

    @Test
    void aSharedAccessSignatureOutOfItsTimeOrPowers() {
        makeContainer();
        OffsetDateTime now = OffsetDateTime.now(java.time.ZoneOffset.UTC).withNano(0);
        contains("the SAS expired at " + now.minusHours(1).toInstant() + " (403 ", told(sas("rwcl", now.minusDays(1), now.minusHours(1)), AzureErrorsTest::list));
        contains("the SAS starts at " + now.plusHours(1).toInstant() + " (403 ", told(sas("rwcl", now.plusHours(1), now.plusDays(1)), AzureErrorsTest::list));
        String reading = sas("rl", now.minusHours(1), now.plusHours(1));
        contains("the SAS lacks permission w (write) for write (403 ", told(reading, store -> store.put("x", new ByteArrayInputStream(new byte[1]))));
        contains("the SAS lacks permission d (delete) for delete (403 ", told(reading, store -> store.delete("a/b")));
        try (ObjectStore store = new AzureBlobObjectStore(Stores.settings(reading, container, Stores.SHORT, false), CLOCK)) {
            assertEquals("a/b", store.list("").next().name());
            assertEquals(9, store.read("a/b", 0, 100, "", (stream, object) -> stream.readAllBytes().length).orElseThrow());
            store.check();
        }
        String all = sas("racwdl", now.minusHours(1), now.plusHours(1));
        try (ObjectStore store = new AzureBlobObjectStore(Stores.settings(all, container, Stores.SHORT, true), CLOCK)) {
            assertEquals(9, store.copy("a/b", "copy").orElseThrow().length());
        }
        contains("the service does not accept the SAS", told(reading.replaceFirst("sig=.{4}", "sig=AAAA"), AzureErrorsTest::list));
    }

    @Test
    void keysAreForbidden() {
        proxy.when(request -> FaultyProxy.answer(403, "KeyBasedAuthenticationNotPermitted"));
        contains("this account allows only Entra ID: use azureAuthMode=workload_identity (403 Key", told(Azurite.connection(proxy.port()), AzureErrorsTest::list));
    }

    @Test
    void anAccountThatIsNotThere() {
        String message = told("DefaultEndpointsProtocol=http;AccountName=nobody;AccountKey=" + Azurite.KEY
                + ";BlobEndpoint=http://nobody.blob.core.invalid/", AzureErrorsTest::list);
        assertEquals("Azure: list " + container + ": cannot resolve nobody.blob.core.invalid: is the account name right?", message);
    }

    @Test
    void nobodyListens() throws IOException {
        int port = Azurite.freePort();
        starts("Azure: list " + container + ": cannot connect to 127.0.0.1:" + port + ".", told(Azurite.connection(port), AzureErrorsTest::list));
        starts("Azure: read " + container + "/x: cannot connect to 127.0.0.1:" + port + ".",
                told(Azurite.connection(port), store -> store.read("x", 0, 1, "", (stream, object) -> 0)));
        starts("Azure: write " + container + "/x: cannot connect to 127.0.0.1:" + port + ".",
                told(Azurite.connection(port), store -> store.put("x", new ByteArrayInputStream(new byte[1]))));
    }

    @Test
    void aMissingContainerIsNoEmptyOne() {
        String expected = "container " + container + " does not exist yet: no sessions (404 ContainerNotFound, request id ";
        contains(expected, told(Azurite.shared().connection(), AzureErrorsTest::list));
        contains(expected, told(Azurite.shared().connection(), store -> store.listFolder("").hasNext()));
        contains(expected, told(Azurite.shared().connection(), store -> store.find("x")));
        contains(expected, told(Azurite.shared().connection(), store -> store.read("x", 0, 1, "", (stream, object) -> 0)));
        contains(expected, told(Azurite.shared().connection(), store -> store.delete("x")));
        contains(expected, told(Azurite.shared().connection(), ObjectStore::check));
        contains(expected, told(Azurite.shared().connection(), store -> store.put("x", new ByteArrayInputStream(new byte[1]))));
    }

    @Test
    void aContainerThatMayNotBeMade() {
        proxy.when(request -> request.matches("PUT [^ ]*restype=container.*") ? FaultyProxy.answer(403, "AuthorizationFailure") : FaultyProxy.PASS);
        contains("container " + container + " does not exist and this identity may not create it (403 ",
                told(Stores.settings(Azurite.connection(proxy.port()), container, Stores.SHORT, true), CLOCK, AzureErrorsTest::list));
    }

    @Test
    void aContainerMadeByARivalMeanwhile() {
        proxy.when(request -> {
            if (request.matches("PUT [^ ]*restype=container.*")) {
                makeContainer();
            }
            return FaultyProxy.PASS;
        });
        try (ObjectStore store = new AzureBlobObjectStore(
                Stores.settings(Azurite.connection(proxy.port()), container, Stores.SHORT, true), CLOCK)) {
            assertEquals("a/b", store.list("").next().name());
        }
    }

    @Test
    void aContainerThatIsBeingDeletedIsWaitedFor() {
        proxy.times(1, "PUT [^ ]*restype=container.*", FaultyProxy.answer(409, "ContainerBeingDeleted"));
        try (ObjectStore store = new AzureBlobObjectStore(
                Stores.settings(Azurite.connection(proxy.port()), container, Stores.SHORT, true), CLOCK)) {
            assertEquals(3, store.put("x", new ByteArrayInputStream(new byte[3])).length());
        }
        proxy.when(request -> FaultyProxy.answer(409, "ContainerBeingDeleted"));
        contains("container " + container + " is being deleted (409", told(Azurite.connection(proxy.port()), AzureErrorsTest::list));
    }

    @Test
    void anArchivedBlob() {
        makeContainer();
        new BlobServiceClientBuilder().serviceVersion(AzureClient.VERSION)
                .connectionString(Azurite.shared().connection()).buildClient().getBlobContainerClient(container)
                .getBlobClient("a/b").setAccessTier(AccessTier.ARCHIVE);
        contains("a/b is in the archive tier: rehydrate it (409 BlobArchived", told(Azurite.shared().connection(),
                store -> store.read("a/b", 0, 1, "", (stream, object) -> 0)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "409 | BlobImmutableDueToPolicy | an immutability policy forbids to change it (409 BlobImmutableDueToPolicy, request id id-409). Tell it: azureImmutable=true",
            "409 | InvalidBlobType | it is no block blob; another program wrote it (409",
            "403 | AccountIsDisabled | the storage account devstoreaccount1 is disabled (403",
            "403 | KeyVaultEncryptionKeyNotFound | the account's encryption key cannot be used (403 KeyVaultEncryptionKeyNotFound",
            "409 | InvalidBlobOrBlock | another program left unfinished blocks of it (409",
            "400 | InvalidBlockList | somebody else wrote it at the same time (400",
            "400 | InvalidHeaderValue | the service refuses the request (400 InvalidHeaderValue",
            "500 | OperationTimedOut | storage is throttling (500"})
    void aRefusedWriteIsExplained(int status, String code, String expected) {
        proxy.when(request -> FaultyProxy.answer(status, code));
        contains(expected, told(Azurite.connection(proxy.port()), store -> store.put("a/b", new ByteArrayInputStream(new byte[1]))));
    }

    /** The network's 403 has its own code on Azure; Azurite uses it for wrong keys. */
    @Test
    void aFirewallInFrontOfAnAccountWithAKey() {
        AzureBlobSettings settings = Stores.settings("DefaultEndpointsProtocol=http;AccountName=real;AccountKey=" + Azurite.KEY
                + ";BlobEndpoint=http://127.0.0.1:" + proxy.port() + "/", container, Stores.SHORT, false);
        proxy.when(request -> FaultyProxy.answer(403, "AuthorizationFailure"));
        contains("the storage account refuses this network: check its firewall or private endpoint (403", told(settings, CLOCK, AzureErrorsTest::list));
        proxy.when(request -> FaultyProxy.answer(403, "AuthenticationFailed"));
        contains("the account key does not match account", told(settings, CLOCK, AzureErrorsTest::list));
    }

    @Test
    void aLeaseOfSomebodyElse() {
        makeContainer();
        proxy.when(request -> FaultyProxy.answer(412, "LeaseIdMissing"));
        contains("somebody else holds a lease on it (412 LeaseIdMissing", told(Azurite.connection(proxy.port()),
                store -> store.put("a/b", new ByteArrayInputStream(new byte[1]))));
    }

    @Test
    void whileStorageIsOutOfReachCallsFailAtOnce() {
        Circuit circuit = new Circuit(Duration.ZERO, Duration.ofHours(1));
        circuit.requireClosed();
        circuit.failed(HistoryException.unavailable("nobody there.", null));
        starts("nobody there. Out of reach for 0 s", assertThrows(HistoryException.class, circuit::requireClosed).getMessage());
        circuit.answered();
        circuit.requireClosed();
        Circuit patient = new Circuit(Duration.ofHours(1), Duration.ofHours(1));
        patient.failed(HistoryException.unavailable("once", null));
        patient.requireClosed();
        Circuit trying = new Circuit(Duration.ZERO, Duration.ZERO);
        trying.failed(HistoryException.unavailable("again", null));
        trying.requireClosed();
    }

    @Test
    void aRetryAfterMayBeSecondsOrADate() {
        Pace pace = new Pace(8, () -> java.time.Instant.parse("2026-11-22T12:00:00Z"));
        assertEquals(Duration.ofSeconds(7), pace.retryAfter(" 7 "));
        assertEquals(Duration.ofSeconds(60), pace.retryAfter("3600"));
        assertEquals(Duration.ofSeconds(30), pace.retryAfter("Sun, 22 Nov 2026 12:00:30 GMT"));
        for (String none : new String[] {null, "", "soon", "-3", "Sun, 22 Nov 2026 11:00:00 GMT"}) {
            assertEquals(Duration.ZERO, pace.retryAfter(none));
        }
    }
}
