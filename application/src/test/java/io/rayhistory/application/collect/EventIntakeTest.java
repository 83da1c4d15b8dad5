package io.rayhistory.application.collect;

import io.rayhistory.application.port.EventSpool;
import io.rayhistory.application.port.InMemoryEventSpool;
import io.rayhistory.application.port.SpoolFile;
import io.rayhistory.application.port.SpoolSettings;
import io.rayhistory.domain.HistoryException;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

final class EventIntakeTest {
    private final InMemoryEventSpool spool = spool(1 << 20);
    private final EventIntake intake = new EventIntake(new WordSplitter(), spool, IntakeLimits.DEFAULTS);

    private static InMemoryEventSpool spool(long limit) {
        return new InMemoryEventSpool("c_ns", SpoolSettings.DEFAULTS.withLimit(limit, SpoolSettings.Overflow.REJECT), () -> Instant.EPOCH);
    }

    private static InputStream body(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private IntakeReceipt post(String text) throws IOException {
        return intake.accept(body(text), -1);
    }

    /** {@code session/job} to its lines. */
    private String kept() {
        TreeMap<String, String> kept = new TreeMap<>();
        for (SpoolFile file : spool.files()) {
            kept.put(file.category().session() + "/" + file.category().jobId(), spool.read(file, 0, file.committed(),
                    range -> new String(range.readAllBytes(), StandardCharsets.UTF_8).replace('\n', ' ').strip()).orElseThrow());
        }
        return kept.toString();
    }

    @Test
    void eventsAreFiledBySessionAndJobInHex() throws IOException {
        assertEquals(new IntakeReceipt(5, 0, 0, List.of()), post("s,1,AQAAAA==;s,2,-;s,3,01000000;t,4,AQAAAA==;s,5,a/b"));
        assertEquals("{s/=s,2,- s,5,a/b, s/01000000=s,1,AQAAAA== s,3,01000000, t/01000000=t,4,AQAAAA==}", kept());
    }

    @Test
    void anEventThatCannotBeUsedIsPutAsideAndTheOthersAreKept() throws IOException {
        assertEquals(new IntakeReceipt(2, 4, 0, List.of("no event", "no sessionName", "invalid sessionName", "invalid sessionName")),
                post("s,1,-;!x;-,2,-;..,3,-;a/b,4,-;s,5,-"));
        assertEquals("{s/=s,1,- s,5,-}", kept());
        assertEquals(List.of("no event: !x", "no sessionName: -,2,-", "invalid sessionName: ..,3,-", "invalid sessionName: a/b,4,-"),
                spool.rejected());
    }

    @Test
    void onlyTheFirstReasonsAreTold() throws IOException {
        IntakeReceipt receipt = post("!1;!2;!3;!4;!5;!6;!7");
        assertEquals(List.of(7L, 5), List.of(receipt.rejected(), receipt.reasons().size()));
    }

    @Test
    void aRetriedBatchIsKeptOnce() throws IOException {
        post("s,1,-;s,2,-;s,1,-;s,-,-;s,-,-");
        assertEquals(new IntakeReceipt(2, 0, 2, List.of()), post("s,1,-;s,2,-;s,3,-;t,1,-"));
        assertEquals("{s/=s,1,- s,2,- s,-,- s,-,- s,3,-, t/=t,1,-}", kept());
        assertEquals(new IntakeCounts(2, 6, 0, 3, 0, 36, 0, 0, 0), intake.counts());
    }

    @Test
    void aRefusedBatchLeavesNothingBehindAndIsTakenWhenItComesAgain() throws IOException {
        assertEquals(HistoryException.Kind.INVALID, refusal(intake, "s,1,-;!x;?"));
        assertEquals("{}", kept());
        assertEquals(List.of(), spool.rejected());
        assertEquals(new IntakeReceipt(1, 1, 0, List.of("no event")), post("s,1,-;!x"));
    }

    @Test
    void whatTheSpoolCouldNotKeepIsNoDuplicateLater() throws IOException {
        InMemoryEventSpool small = spool(20);
        EventIntake into = new EventIntake(new WordSplitter(), small, IntakeLimits.DEFAULTS);
        into.accept(body("s,1,-;s,2,-"), -1);
        assertEquals(HistoryException.Kind.UNAVAILABLE, refusal(into, "s,3,-;s,4,-;s,5,-"));
        small.files().forEach(file -> small.confirm(file, file.committed()));
        assertEquals(3, into.accept(body("s,3,-;s,4,-;s,5,-"), -1).accepted());
        assertEquals(1, into.counts().refused());
    }

    @Test
    void moreJobsThanABatchMayHaveAreKeptAllTheSame() throws IOException {
        String many = IntStream.range(0, 2_500).mapToObj(i -> "s," + i + "," + (1_000_000 + i)).collect(Collectors.joining(";"));
        assertEquals(2_500, post(many).accepted());
        assertEquals(2_500, spool.files().size());
    }

    @Test
    void namesTooLongForAFileAreRejectedOrFiledUnderTheNode() throws IOException {
        String longest = "x".repeat(EventSpool.Category.LONGEST);
        assertEquals(new IntakeReceipt(2, 1, 0, List.of("invalid sessionName")), post(longest + ",1,-;" + longest + "x,2,-;s,3," + "a".repeat(300)));
        assertTrue(kept().contains("s/=s,3"), kept());
    }

    @Test
    void aBodyAboveTheLimitIsTooLarge() throws IOException {
        EventIntake small = new EventIntake(new WordSplitter(), spool, new IntakeLimits(1, 10, 10));
        assertEquals(HistoryException.Kind.TOO_LARGE, refusal(small, "s,1,-;s,2,-"));
        HistoryException announced = assertThrows(HistoryException.class, () -> small.accept(InputStream.nullInputStream(), 11));
        assertEquals(HistoryException.Kind.TOO_LARGE, announced.kind());
        assertEquals(1, small.accept(body("s,1,-    "), 10).accepted());
        assertEquals(2, small.counts().tooLarge());
    }

    @Test
    void oneMorePostThanAllowedIsRefusedAtOnce() throws IOException, InterruptedException, ExecutionException {
        EventIntake one = new EventIntake(new WordSplitter(), spool, new IntakeLimits(1, 100, 10));
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        InputStream slow = new ByteArrayInputStream("s,1,-".getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                reading.countDown();
                try {
                    go.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return super.read(target, offset, length);
            }
        };
        ExecutorService thread = Executors.newSingleThreadExecutor();
        Future<IntakeReceipt> first = thread.submit(() -> one.accept(slow, -1));
        reading.await();
        assertEquals(HistoryException.Kind.UNAVAILABLE, refusal(one, "s,2,-"));
        assertEquals(List.of(1, Duration.ZERO), List.of(one.running(), one.silence()));
        one.drain();
        go.countDown();
        assertEquals(1, first.get().accepted(), "a post that was being read when draining began");
        assertEquals(HistoryException.Kind.UNAVAILABLE, refusal(one, "s,2,-"));
        thread.shutdown();
    }

    @Test
    void aBrokenConnectionKeepsNothing() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }
        };
        assertThrows(IOException.class, () -> intake.accept(broken, -1));
        assertEquals(List.of(0, 1L), List.of(intake.running(), intake.counts().invalid()));
    }

    private static HistoryException.Kind refusal(EventIntake intake, String text) {
        return assertThrows(HistoryException.class, () -> intake.accept(body(text), -1)).kind();
    }
}
