package io.rayhistory.adapters.azureblob;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.models.BlockListType;
import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What lies in the container afterwards, seen with the plain client, and how we see what others put there. */
final class BlobShapesTest {
    private AzureClient client;
    private AzureBlobObjectStore store;
    private BlobContainerClient plain;

    @BeforeEach
    void open() {
        client = AzureClient.of(Stores.settings(Azurite.shared().connection(), Azurite.freshContainer(), TimeBudgets.reader(), true),
                HttpClient.newBuilder(), Clock.systemUTC());
        store = new AzureBlobObjectStore(client);
        store.check();
        plain = client.container();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static byte[] bytes(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private byte[] read(String name) {
        return store.read(name, 0, ObjectStore.TO_END, "", (stream, object) -> stream.readAllBytes()).orElseThrow();
    }

    private int blocks(String name) {
        return plain.getBlobClient(name).getBlockBlobClient().listBlocks(BlockListType.ALL).getCommittedBlocks().size();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, BlobWrite.BLOCK - 1, BlobWrite.BLOCK, BlobWrite.BLOCK + 1, 3 * BlobWrite.BLOCK, 20_000_001})
    void anObjectOfAnySizeComesBack(int length) {
        byte[] content = bytes(length, 3);
        ObjectInfo put = store.put("logs/big", new ByteArrayInputStream(content));
        assertEquals(length, put.length());
        assertArrayEquals(content, read("logs/big"));
        assertEquals(length < BlobWrite.BLOCK ? 0 : (length + BlobWrite.BLOCK - 1) / BlobWrite.BLOCK, blocks("logs/big"));
    }

    /** From a size, by a tail, replacing some bytes at the end. */
    @ParameterizedTest
    @CsvSource({"0,1,0", "10,20,3", "3000000,2000000,0", "4194304,1,0", "4194305,5000000,1", "4194303,1,0", "20000000,100,9", "9000000,9000000,4000000"})
    void anObjectOfAnySizeGrows(int length, int tail, int cut) {
        byte[] start = bytes(length, 4);
        byte[] end = bytes(tail, 5);
        ObjectInfo put = store.put("logs/grow", new ByteArrayInputStream(start));
        ObjectInfo grown = store.extend("logs/grow", put.etag(), length - cut, new ByteArrayInputStream(end)).orElseThrow();
        byte[] expected = Arrays.copyOf(start, length - cut + tail);
        System.arraycopy(end, 0, expected, length - cut, tail);
        assertArrayEquals(expected, read("logs/grow"));
        assertEquals(expected.length, grown.length());
    }

    @Test
    void fullBlocksAreSentOnce() throws Exception {
        try (FaultyProxy proxy = new FaultyProxy(Azurite.shared().port());
                AzureBlobObjectStore watched = new AzureBlobObjectStore(Stores.settings(Azurite.connection(proxy.port()),
                        plain.getBlobContainerName(), TimeBudgets.reader(), false), Clock.systemUTC())) {
            ObjectInfo now = watched.extend("log", "", 0, new ByteArrayInputStream(bytes(2 * BlobWrite.BLOCK + 100, 6))).orElseThrow();
            for (int i = 0; i < 3; i++) {
                proxy.when(request -> FaultyProxy.PASS);
                now = watched.extend("log", now.etag(), now.length(), new ByteArrayInputStream(bytes(1_000, i))).orElseThrow();
                assertEquals(1, proxy.requests().stream().filter(request -> request.contains("comp=block&")).count(), proxy.requests().toString());
            }
            assertEquals(3, blocks("log"));
            assertEquals(2 * BlobWrite.BLOCK + 3_100, now.length());
        }
    }

    @Test
    void aBlobOfAnotherProgramsBlocksGrowsToo() {
        byte[] first = bytes(5_000_000, 7);
        var blob = plain.getBlobClient("foreign").getBlockBlobClient();
        blob.stageBlock("AAAA", BinaryData.fromBytes(first));
        String etag = Blobs.bare(blob.commitBlockList(List.of("AAAA")).getETag());
        ObjectInfo grown = store.extend("foreign", etag, 5_000_000, new ByteArrayInputStream(first)).orElseThrow();
        assertEquals(10_000_000, grown.length());
        byte[] expected = Arrays.copyOf(first, 10_000_000);
        System.arraycopy(first, 0, expected, 5_000_000, 5_000_000);
        assertArrayEquals(expected, read("foreign"));
    }

    @Test
    void foldersOfHierarchicalAccountsAndMarkersAreNotShown() {
        plain.getBlobClient("hns/dir").getBlockBlobClient().uploadWithResponse(new java.io.ByteArrayInputStream(new byte[0]), 0, null,
                Map.of("hdi_isfolder", "true"), null, null, null, null, null);
        plain.getBlobClient("marker/").upload(BinaryData.fromBytes(new byte[0]));
        plain.getBlobClient("hns/dir/file").upload(BinaryData.fromString("x"));
        assertEquals(List.of("hns/dir/file"), names(store.list("")));
        assertEquals(List.of("hns/dir/"), all(store.listFolder("hns/")));
        assertTrue(store.find("hns/dir").isEmpty());
        assertTrue(store.read("hns/dir", 0, 5, "", (stream, object) -> "").isEmpty());
    }

    @Test
    void leadingSlashesOfOthersAreRead() {
        plain.getBlobClient("/ray/metadir/c_n/s").upload(BinaryData.fromString("old"));
        assertEquals(List.of("/ray/metadir/c_n/s"), names(store.list("/ray/")));
        assertEquals(List.of("/ray/metadir/"), all(store.listFolder("/ray/")));
        assertEquals("old", new String(read("/ray/metadir/c_n/s")));
    }

    @Test
    void contentTypesTellBrowsersWhatItIsAndNothingClaimsAnEncoding() {
        Map<String, String> types = Map.of("s/n/logs/a.out", "text/plain; charset=utf-8", "s/n/node_events/n-1.jsonl", "application/x-ndjson",
                "s/n/job_events/01/n-1.jsonl.gz", "application/gzip", "s/fetched_endpoints/restful__timezone", "application/json",
                "cluster-metadata/raycluster/n_c/s", "application/octet-stream");
        types.forEach((name, type) -> {
            store.put(name, new ByteArrayInputStream(new byte[5]));
            BlobProperties properties = plain.getBlobClient(name).getProperties();
            assertEquals(type, properties.getContentType());
            assertTrue(properties.getContentEncoding() == null || properties.getContentEncoding().isEmpty());
            assertTrue(properties.getMetadata().isEmpty());
        });
        plain.listBlobs().forEach(blob -> assertFalse(blob.getName().matches("/.*|.*/|.*//.*"), blob.getName()));
    }

    @Test
    void manyPagesAreOneListing() {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 1_201; i++) {
            expected.add(String.format("n/%04d/x", i));
        }
        expected.parallelStream().forEach(name -> store.put(name, new ByteArrayInputStream(new byte[0])));
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            BlobListing pages = new BlobListing(client, threads, name -> false, 100);
            assertEquals(expected, names(pages.objects("n/")));
            assertEquals(expected.stream().map(name -> name.substring(0, 7)).toList(), all(pages.children("n/")));
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void unwrittenTailsOfABrokenUploadAreNotSeen() {
        var blob = plain.getBlobClient("torn").getBlockBlobClient();
        String id = java.util.Base64.getEncoder().encodeToString("00000000000000000000-0123456789a".getBytes());
        blob.stageBlock(id, BinaryData.fromString("staged"));
        assertEquals(List.of(), names(store.list("")));
        assertTrue(store.find("torn").isEmpty());
        assertEquals(4, store.putIfAbsent("torn", new ByteArrayInputStream(new byte[4])).orElseThrow().length());
    }

    private static List<String> names(Iterator<ObjectInfo> listing) {
        return all(listing).stream().map(ObjectInfo::name).toList();
    }

    private static <T> List<T> all(Iterator<T> items) {
        List<T> all = new ArrayList<>();
        items.forEachRemaining(all::add);
        return all;
    }
}
