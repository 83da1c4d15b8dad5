package io.rayhistory.adapters.filesystem;

import io.rayhistory.application.port.EventSpool;
import io.rayhistory.application.port.SpoolFile;
import io.rayhistory.application.port.SpoolSettings;
import io.rayhistory.domain.id.ClusterRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import static io.rayhistory.application.port.EventSpoolContract.JOB;
import static io.rayhistory.application.port.EventSpoolContract.NODE;
import static io.rayhistory.application.port.EventSpoolContract.post;
import static io.rayhistory.application.port.EventSpoolContract.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What earlier processes, ours and the peer's, left in the folder. */
final class SpoolRecoveryTest {
    private static final Instant START = Instant.parse("2026-11-22T20:21:16.5Z");
    private static final String NODE_EVENTS = "c_ns/session_1/node_events/";

    @TempDir
    Path data;
    private final List<EventSpool> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(EventSpool::close);
    }

    private EventSpool spool() {
        EventSpool spool = new FileEventSpool(data, ClusterRef.plain("ns", "c"), SpoolSettings.DEFAULTS, () -> START);
        opened.add(spool);
        return spool;
    }

    private void plant(String name, String text) throws IOException {
        plant(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private void plant(String name, byte[] content) throws IOException {
        Path file = data.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(data)) {
            return all.filter(Files::isRegularFile).map(file -> data.relativize(file).toString())
                    .filter(name -> !name.equals("lock")).sorted().toList();
        }
    }

    private String rejected() throws IOException {
        return Files.readString(data.resolve("rejected/2026-11-22.jsonl"));
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }

    @Test
    void whatAKilledProcessWroteIsTakenUpSealed() {
        EventSpool killed = spool();
        killed.nodeIs("", "n1");
        post(killed, NODE, "1", "2");
        post(killed, JOB, "3");
        killed.close();
        EventSpool spool = spool();
        assertEquals(List.of("1\n2\n", "3\n"), spool.files().stream().map(file -> text(spool, file)).toList());
        assertEquals(List.of(false, false), spool.files().stream().map(SpoolFile::active).toList());
        assertEquals(List.of(START, START.plusNanos(1)), spool.files().stream().map(SpoolFile::opened).toList());
        assertEquals(6, spool.unsentBytes());
        spool.nodeIs("", "n1");
        post(spool, NODE, "at the same instant");
        assertEquals(3, spool.files().size());
    }

    @Test
    void filesOfThePeerAndOfOtherClustersAreTakenUp() throws IOException {
        plant(NODE_EVENTS + "n1_1795376156570005438.jsonl", "1\n");
        plant("c_ns/session_0/job_events/02000000/n_with_dashes_17.jsonl.gz", gzip("2\n"));
        plant("other_name_space/session_x/node_events/n2_18.jsonl", "3\n");
        EventSpool spool = spool();
        List<SpoolFile> files = spool.files();
        assertEquals(List.of("n_with_dashes", "n2", "n1"), files.stream().map(SpoolFile::nodeId).toList());
        assertEquals(List.of("c_ns", "other_name_space", "c_ns"), files.stream().map(SpoolFile::clusterFolder).toList());
        assertEquals("02000000", files.get(0).category().jobId());
        assertTrue(files.get(0).gzip());
        assertEquals(Instant.ofEpochSecond(0, 17), files.get(0).opened());
        assertEquals(Instant.ofEpochSecond(0, 1795376156570005438L), files.get(2).opened());
        files.forEach(file -> spool.confirm(file, file.committed()));
        assertEquals(List.of(), files());
    }

    @Test
    void tornLinesAreCutAndKeptInQuarantine() throws IOException {
        String whole = "x".repeat(100_000) + "\n";
        plant(NODE_EVENTS + "n1_1.jsonl", whole + "{\"torn\": \"" + "é".repeat(60_000));
        plant(NODE_EVENTS + "n1_2.jsonl", "nothing but torn");
        EventSpool spool = spool();
        assertEquals(whole, text(spool, spool.files().get(0)));
        assertEquals(100_001, Files.size(data.resolve(NODE_EVENTS + "n1_1.jsonl")));
        assertEquals(List.of(NODE_EVENTS + "n1_1.jsonl", "rejected/2026-11-22.jsonl"), files());
        List<String> lines = rejected().lines().toList();
        assertEquals(2, lines.size());
        assertTrue(lines.get(0).startsWith("{\"at\":\"2026-11-22T20:21:16.500Z\",\"reason\":\"torn line at the end of n1_1.jsonl\","
                + "\"bytes\":120010,\"event\":\"{\\\"torn\\\": \\\"éé"), lines.get(0).substring(0, 150));
        assertTrue(lines.get(1).contains("nothing but torn"), lines.get(1));
        assertEquals(2, spool.usage().rejected());
    }

    @Test
    void aFileOfAnUnknownNodeWaitsForItAcrossProcesses() throws IOException {
        EventSpool killed = spool();
        post(killed, NODE, "early");
        killed.close();
        EventSpool spool = spool();
        assertEquals("", spool.files().get(0).nodeId());
        spool.nodeIs("session_1", "n1");
        assertEquals("n1", spool.files().get(0).nodeId());
        assertEquals("early\n", text(spool, spool.files().get(0)));
        assertEquals(1, files().size());
    }

    @Test
    void aDeathBetweenRenamingAndTheHeadersEndIsHarmless() throws IOException {
        plant(NODE_EVENTS + "0123456789abcdef_5.header", "{}\n");
        plant(NODE_EVENTS + "n1_5.jsonl", "1\n");
        EventSpool spool = spool();
        assertEquals(List.of("n1"), spool.files().stream().map(SpoolFile::nodeId).toList());
        assertEquals(List.of(NODE_EVENTS + "n1_5.jsonl"), files());
    }

    @Test
    void thePeersUnfinishedCompressionsAreTidiedUp() throws IOException {
        plant(NODE_EVENTS + "n1_1.jsonl", "1\n");
        plant(NODE_EVENTS + "n1_1.jsonl.gz.tmp", "half");
        plant(NODE_EVENTS + "n1_2.jsonl", "2\n");
        plant(NODE_EVENTS + "n1_2.jsonl.gz", gzip("2\n"));
        plant(NODE_EVENTS + "n1_3.jsonl", "3\nand more\n");
        plant(NODE_EVENTS + "n1_3.jsonl.gz", gzip("3\n"));
        plant(NODE_EVENTS + "n1_4.jsonl", "4\n");
        plant(NODE_EVENTS + "n1_4.jsonl.gz", Arrays.copyOf(gzip("4\n"), 12));
        EventSpool spool = spool();
        spool.tick();
        assertEquals(List.of("n1_1.jsonl", "n1_2.jsonl.gz", "n1_3.jsonl", "n1_3.jsonl.gz", "n1_4.jsonl", "n1_4.jsonl.gz"),
                files().stream().map(name -> name.substring(NODE_EVENTS.length())).toList());
        assertEquals(6, spool.files().size());
    }

    @Test
    void foreignFilesStayUntouchedAndHideNothing() throws IOException {
        plant("notes.txt", "mine");
        plant("c_ns/readme", "mine");
        plant(NODE_EVENTS + "notes.txt", "mine");
        plant(NODE_EVENTS + "n1_99999999999999999999.jsonl", "mine\n");
        plant("c_ns/session 2/node_events/n1_1.jsonl", "no session's name\n");
        plant("c_ns/session_1/job_events/no job/n1_1.jsonl", "no job's name\n");
        plant("nounderscore/session_1/node_events/n1_1.jsonl", "no cluster's\n");
        plant(NODE_EVENTS + "n1_7.jsonl", "ours\n");
        Path outside = Files.createDirectories(data.resolve("nounderscore/outside"));
        Files.createSymbolicLink(data.resolve("c_ns/session_3"), outside);
        List<String> before = files();
        EventSpool spool = spool();
        assertEquals(List.of("ours\n"), spool.files().stream().map(file -> text(spool, file)).toList());
        assertEquals(before, files());
    }

    @Test
    void batchesThatWereNeverCommittedAreForgotten() throws IOException {
        plant("staging/0123-1", "half a batch");
        spool().tick();
        assertEquals(List.of(), files());
    }

    @Test
    void quarantineIsBoundedAndDropsTheOldest() throws IOException {
        SpoolSettings small = new SpoolSettings(1 << 20, SpoolSettings.Overflow.REJECT, SpoolSettings.Fsync.NEVER, 1 << 20,
                Duration.ofHours(1), 20_000, 8, 8);
        EventSpool spool = new FileEventSpool(data, ClusterRef.plain("ns", "c"), small, () -> START);
        opened.add(spool);
        for (int i = 0; i < 1000; i++) {
            byte[] event = ("event " + i + " " + "x".repeat(100)).getBytes(StandardCharsets.UTF_8);
            spool.reject("for a test", event, 0, event.length);
        }
        long size = 0;
        StringBuilder all = new StringBuilder();
        for (String name : files()) {
            size += Files.size(data.resolve(name));
            all.append(Files.readString(data.resolve(name)));
        }
        assertTrue(size <= 20_000 && size > 10_000, size + " bytes in " + files());
        assertTrue(all.indexOf("event 999 ") > 0 && all.indexOf("event 0 ") < 0, "the newest are kept");
        assertEquals(1000, spool.usage().rejected());
        assertEquals(0, spool.usage().rejectedLost());
    }

    @Test
    void bytesThatAreNoTextAreKeptInBase64() throws IOException {
        EventSpool spool = spool();
        spool.reject("line\nfeed and \"quotes\"", new byte[] {9, (byte) 0xff, (byte) 0xfe, 9}, 1, 2);
        assertEquals("{\"at\":\"2026-11-22T20:21:16.500Z\",\"reason\":\"line\\u000afeed and \\\"quotes\\\"\",\"bytes\":2,"
                + "\"base64\":\"//4=\"}\n", rejected());
    }
}
