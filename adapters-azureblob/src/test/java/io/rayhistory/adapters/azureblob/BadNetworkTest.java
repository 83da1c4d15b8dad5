package io.rayhistory.adapters.azureblob;

import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.domain.HistoryException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What becomes of reads, writes and listings when the network or the service fails on the way. */
final class BadNetworkTest {
    private static final String GET = "GET .*";
    private static final String READ = "GET [^?]* HTTP.*";

    private final byte[] content = new byte[300_000];
    private FaultyProxy proxy;
    private String container;
    private AzureBlobObjectStore store;
    private ObjectInfo blob;

    @BeforeEach
    void open() {
        new Random(5).nextBytes(content);
        proxy = new FaultyProxy(Azurite.shared().port());
        container = Azurite.freshContainer();
        store = store(proxy.port());
        blob = put("f/blob", content);
    }

    @AfterEach
    void close() throws IOException {
        store.close();
        proxy.close();
    }

    private AzureBlobObjectStore store(int port) {
        return new AzureBlobObjectStore(Stores.settings(Azurite.connection(port), container, Stores.SHORT, true), Clock.systemUTC());
    }

    private ObjectInfo put(String name, byte[] bytes) {
        return store.put(name, new ByteArrayInputStream(bytes));
    }

    private byte[] read(String name) {
        return store.read(name, 0, ObjectStore.TO_END, "", (stream, object) -> stream.readAllBytes()).orElseThrow();
    }

    private static String fails(Runnable action) {
        HistoryException failure = assertThrows(HistoryException.class, action::run);
        assertEquals(HistoryException.Kind.UNAVAILABLE, failure.kind());
        return failure.getMessage();
    }

    @Test
    void aBrokenDownloadGoesOnFromItsLastByte() {
        proxy.times(3, READ, FaultyProxy.cutAfter(70_000));
        assertArrayEquals(content, read("f/blob"));
        assertEquals(4, proxy.requests().size());
        assertTrue(proxy.requests().get(1).endsWith(" bytes=70000-299999"), proxy.requests().toString());
    }

    @Test
    void aDownloadThatBreaksForEverFails() {
        proxy.times(100, READ, FaultyProxy.cutAfter(10));
        String message = fails(() -> read("f/blob"));
        assertTrue(message.startsWith("Azure: read " + container + "/f/blob: the connection to 127.0.0.1:"), message);
        assertEquals(1 + TimeBudgets.RESUMES, proxy.requests().size());
    }

    @Test
    void aDownloadThatStandsStillGoesOn() {
        proxy.times(1, READ, proxy.hangAfter(100_000));
        assertArrayEquals(content, read("f/blob"));
        assertEquals(2, proxy.requests().size());
    }

    @Test
    void aSlowDownloadIsNoBrokenOne() {
        proxy.times(1, READ, FaultyProxy.trickle(20_000, 100));
        assertArrayEquals(content, read("f/blob"));
        assertEquals(1, proxy.requests().size());
    }

    @Test
    void aBlobReplacedWhileItsDownloadIsBrokenFailsTheRead() {
        proxy.times(1, READ, FaultyProxy.cutAfter(1_000));
        String message = fails(() -> store.read("f/blob", 0, ObjectStore.TO_END, "", (stream, object) -> {
            byte[] start = stream.readNBytes(1_000);
            put("f/blob", Arrays.copyOf(content, 5_000));
            return start.length + stream.readAllBytes().length;
        }));
        assertTrue(message.contains("has changed"), message);
    }

    @Test
    void aBlobDeletedWhileItsDownloadIsBrokenFailsTheRead() {
        proxy.times(1, READ, FaultyProxy.cutAfter(1_000));
        String message = fails(() -> store.read("f/blob", 0, ObjectStore.TO_END, "", (stream, object) -> {
            stream.readNBytes(1_000);
            store.delete("f/blob");
            return stream.readAllBytes().length;
        }));
        assertTrue(message.contains("deleted") || message.contains("has changed"), message);
    }

    @Test
    void aRefusedConditionOnAReadIsAChange() {
        proxy.times(1, READ, FaultyProxy.answer(412, "ConditionNotMet"));
        assertTrue(fails(() -> store.read("f/blob", 0, 5, blob.etag(), (stream, object) -> "")).contains("has changed"));
    }

    @Test
    void aServiceThatNeverAnswersIsGivenUp() {
        proxy.when(request -> proxy.hang());
        String message = fails(() -> store.find("f/blob"));
        assertTrue(message.contains("did not answer in time"), message);
        assertTrue(fails(() -> store.list("").hasNext()).contains("did not answer in time"));
        assertTrue(fails(() -> read("f/blob")).contains("did not answer in time"));
        assertTrue(fails(() -> put("x", content)).contains("did not answer in time"));
    }

    @Test
    void oneFailureOfTheServiceIsRetried() {
        for (FaultyProxy.Fault fault : new FaultyProxy.Fault[] {FaultyProxy.answer(500, "InternalError"),
                FaultyProxy.answer(503, "ServerBusy", "Retry-After: 0"), FaultyProxy.answer(429, "TooManyRequests"), proxy.hang(),
                FaultyProxy.cutAfter(-10)}) {
            proxy.times(1, ".*", fault);
            assertEquals(blob, store.find("f/blob").orElseThrow());
            proxy.times(1, ".*", fault);
            assertArrayEquals(content, read("f/blob"));
            proxy.times(1, ".*", fault);
            assertEquals("f/blob", store.list("f/").next().name());
            proxy.times(1, "PUT.*", fault);
            put("written", content);
            assertArrayEquals(content, read("written"));
        }
    }

    @Test
    void retryAfterIsHonoured() {
        proxy.times(1, GET, FaultyProxy.answer(503, "ServerBusy", "Retry-After: 2"));
        long since = System.nanoTime();
        assertArrayEquals(content, read("f/blob"));
        assertTrue(System.nanoTime() - since >= 2_000_000_000L, "came back too early");
        assertEquals(2, proxy.requests().size());
    }

    @Test
    void throttlingThatLastsIsToldAsSuch() {
        proxy.when(request -> FaultyProxy.answer(503, "ServerBusy"));
        String message = fails(() -> store.list("").hasNext());
        assertEquals("Azure: list " + container + ": storage is throttling (503 ServerBusy, request id id-503). Try again later.", message);
        assertEquals(Stores.SHORT.tries(), proxy.requests().size());
        proxy.when(request -> FaultyProxy.answer(429, "TooManyRequests"));
        assertTrue(fails(() -> read("f/blob")).contains("storage is throttling"));
        proxy.when(request -> FaultyProxy.answer(503, "ServerBusy", "Retry-After: 50"));
        assertTrue(fails(() -> store.find("f/blob")).contains("storage is throttling (503 ServerBusy)"));
    }

    @Test
    void aListingThatBreaksIsNeverAShortOne() {
        for (int i = 0; i < 25; i++) {
            put("many/" + i, new byte[0]);
        }
        AzureClient client = AzureClient.of(Stores.settings(Azurite.connection(proxy.port()), container, Stores.SHORT, true),
                java.net.http.HttpClient.newBuilder(), Clock.systemUTC());
        var threads = java.util.concurrent.Executors.newFixedThreadPool(2);
        try {
            BlobListing pages = new BlobListing(client, threads, name -> false, 10);
            proxy.when(request -> request.contains("marker=") ? FaultyProxy.answer(503, "ServerBusy") : FaultyProxy.PASS);
            Iterator<ObjectInfo> listing = pages.objects("many/");
            for (int i = 0; i < 10; i++) {
                listing.next();
            }
            fails(listing::hasNext);
            fails(listing::next);
            Iterator<String> children = pages.children("many/");
            for (int i = 0; i < 10; i++) {
                children.next();
            }
            fails(children::hasNext);
            proxy.when(request -> FaultyProxy.PASS);
            AtomicInteger found = new AtomicInteger();
            pages.objects("many/").forEachRemaining(object -> found.incrementAndGet());
            assertEquals(25, found.get());
            assertEquals(3, proxy.requests().size());
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aLostAnswerOfOurOwnWriteIsNoConflict() {
        proxy.times(1, "PUT.*", FaultyProxy.loseAnswer());
        ObjectInfo made = store.putIfAbsent("once", new ByteArrayInputStream(content)).orElseThrow();
        assertEquals(made, store.find("once").orElseThrow());
        proxy.times(1, "PUT.*", FaultyProxy.loseAnswer());
        ObjectInfo grown = store.extend("once", made.etag(), 5, new ByteArrayInputStream(new byte[7])).orElseThrow();
        assertEquals(12, grown.length());
        byte[] large = new byte[BlobWrite.BLOCK + 1];
        proxy.times(1, "PUT.*comp=blocklist.*", FaultyProxy.loseAnswer());
        ObjectInfo blocks = store.extend("once", grown.etag(), 12, new ByteArrayInputStream(large)).orElseThrow();
        assertEquals(12 + large.length, blocks.length());
        assertEquals(Optional.empty(), store.putIfAbsent("once", new ByteArrayInputStream(content)));
    }

    @Test
    void anUploadThatFailsHalfWayLeavesTheOldContent() {
        byte[] large = new byte[3 * BlobWrite.BLOCK];
        AtomicInteger blocks = new AtomicInteger();
        proxy.when(request -> request.contains("comp=block&") && blocks.incrementAndGet() > 1 ? FaultyProxy.answer(500, "InternalError") : FaultyProxy.PASS);
        assertTrue(fails(() -> put("f/blob", large)).contains("the service failed (500 InternalError"));
        proxy.when(request -> FaultyProxy.PASS);
        assertArrayEquals(content, read("f/blob"));
    }

    @Test
    void anInterruptEndsACall() throws InterruptedException {
        proxy.when(request -> proxy.hang());
        for (Runnable call : new Runnable[] {() -> store.find("f/blob"), () -> read("f/blob"), () -> store.list("").hasNext(),
                () -> put("x", content)}) {
            String[] said = {""};
            Thread thread = new Thread(() -> said[0] = fails(call));
            thread.start();
            while (proxy.requests().isEmpty()) {
                Thread.onSpinWait();
            }
            thread.interrupt();
            thread.join(5_000);
            assertFalse(thread.isAlive());
            assertTrue(said[0].contains("interrupted"), said[0]);
            proxy.when(request -> proxy.hang());
        }
    }

    @Test
    void aClosedStoreRefuses() {
        store.close();
        assertEquals("Azure: the store is closed", fails(() -> store.find("f/blob")));
        assertEquals("Azure: the store is closed", fails(() -> store.list("").hasNext()));
    }

    @Test
    void aReaderThatStopsEarlyFreesItsConnection() throws IOException {
        InputStream[] kept = new InputStream[1];
        store.read("f/blob", 0, ObjectStore.TO_END, "", (stream, object) -> {
            kept[0] = stream;
            return stream.read();
        });
        assertThrows(IOException.class, kept[0]::read);
    }
}
