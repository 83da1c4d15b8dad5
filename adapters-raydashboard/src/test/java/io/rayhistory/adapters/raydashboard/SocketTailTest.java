package io.rayhistory.adapters.raydashboard;

import io.rayhistory.application.port.ClusterHead;
import io.rayhistory.application.port.HeadAuth;
import io.rayhistory.application.port.HeadServices;
import io.rayhistory.application.port.HeadToken;
import io.rayhistory.application.port.HeadTokens;
import io.rayhistory.application.port.LiveCluster;
import io.rayhistory.application.port.LiveDashboards;
import io.rayhistory.domain.id.ClusterRef;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** How the following of a log ends, whatever the head does to the connection: always, once, and never as if the job had ended. */
final class SocketTailTest {
    private static final int OFTEN = 20;

    private static final HeadTokens NO_TOKENS = new HeadTokens() {
        @Override
        public List<HeadToken> tokens(LiveCluster cluster) {
            return List.of();
        }

        @Override
        public void refused(LiveCluster cluster) {
        }
    };

    private static LiveDashboards.Tail open(HttpLiveDashboards dashboards, RawHead head) {
        LiveCluster cluster = new LiveCluster(ClusterRef.plain("ray-a", "c1"), "one", "uid", Instant.EPOCH, false, LiveCluster.Suspension.NEVER,
                new ClusterHead(true, "pod", "127.0.0.1", "", head.port()), HeadAuth.NONE, "");
        return (LiveDashboards.Tail) dashboards.follow(cluster, new LiveDashboards.Call("GET", "/api/jobs/j/logs/tail", Map.of()));
    }

    private static HttpLiveDashboards dashboards(RawHead head) {
        HeadAddresses addresses = new HeadAddresses(List.of("127.0.0.0/8"), Set.of(head.port()), "cluster.local");
        return new HttpLiveDashboards(new DirectRoute(addresses, HeadServices.TRUSTED), NO_TOKENS);
    }

    /** What a client gets of it: the messages, then the code. */
    private static String follow(RawHead.Play play, Runnable beforeStart) throws Exception {
        try (RawHead head = new RawHead(play); HttpLiveDashboards dashboards = dashboards(head);
                LiveDashboards.Tail tail = open(dashboards, head)) {
            beforeStart.run();
            StringBuffer said = new StringBuffer();
            CompletableFuture<LiveDashboards.End> end = new CompletableFuture<>();
            tail.start(text -> said.append(text).append('|'), over -> assertTrue(end.complete(over), "told once"));
            int code = end.get(30, TimeUnit.SECONDS).code();
            return said.toString() + code;
        }
    }

    private static String follow(RawHead.Play play) throws Exception {
        return follow(play, () -> { });
    }

    @Test
    void aHeadThatDiesInTheMiddleIsNeverTheEndOfTheJob() throws Exception {
        byte[] line = RawHead.text("a line");
        for (int i = 0; i < OFTEN; i++) {
            assertEquals("a line|1011", follow((connection, out) -> out.write(line)), "end of the stream between two messages");
            assertEquals("a line|1011", follow((connection, out) -> {
                out.write(line);
                out.write(Arrays.copyOf(line, 4));
            }), "end of the stream within a message");
            CountDownLatch open = new CountDownLatch(1);
            assertTrue(follow((connection, out) -> {
                await(open);
                out.write(line);
                RawHead.reset(connection);
            }, open::countDown).endsWith("1011"), "reset");
            assertEquals("1011", follow((connection, out) -> out.write(new byte[] {(byte) 0xf1, 0})), "not a frame");
        }
    }

    @Test
    void aHeadThatDiesBeforeAnybodyListensIsToldAfterwards() throws Exception {
        for (int i = 0; i < OFTEN; i++) {
            CountDownLatch open = new CountDownLatch(1);
            CountDownLatch dead = new CountDownLatch(1);
            assertEquals("1011", follow((connection, out) -> {
                await(open);
                RawHead.reset(connection);
                dead.countDown();
            }, () -> {
                open.countDown();
                await(dead);
            }));
        }
    }

    /** For that, and a little longer, so that others have heard of it, too. */
    private static void await(CountDownLatch happened) {
        try {
            assertTrue(happened.await(30, TimeUnit.SECONDS));
            Thread.sleep(20);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aMessageOfManyFramesAndAPingInBetweenIsOne() throws Exception {
        String long1 = "0123456789".repeat(7_000);
        byte[] said = long1.getBytes(StandardCharsets.UTF_8);
        assertEquals("ä|" + long1 + "|1011", follow((connection, out) -> {
            out.write(new byte[] {0x01, 1, (byte) 0xc3, (byte) 0x89, 2, 'h', 'i', (byte) 0x80, 1, (byte) 0xa4});
            byte[] pong = connection.getInputStream().readNBytes(8);
            out.write(pong[0] == (byte) 0x8a && (pong[6] ^ pong[2]) == 'h' ? new byte[] {(byte) 0x81, 127, 0, 0, 0, 0, 0, 1, 0x11, 0x70} : new byte[0]);
            out.write(said);
        }));
    }

    @Test
    void aMessageWithoutEndIsNotKept() throws Exception {
        assertEquals("1011", follow((connection, out) -> {
            byte[] frame = new byte[100 + 2];
            frame[0] = 0x01;
            frame[1] = 100;
            for (int i = 0; i < 12_000; i++) {
                out.write(frame);
                frame[0] = 0;
            }
        }));
    }

    @Test
    void theHeadsOwnCodeAndReasonPass() throws Exception {
        for (int code : new int[] {1000, 1001, 1008, 1011, 1013, 4000}) {
            try (RawHead head = new RawHead((connection, out) -> {
                out.write(RawHead.text("x"));
                out.write(RawHead.end(code, "because"));
                connection.getInputStream().read(); // until the client has answered
            }); HttpLiveDashboards dashboards = dashboards(head); LiveDashboards.Tail tail = open(dashboards, head)) {
                CompletableFuture<LiveDashboards.End> end = new CompletableFuture<>();
                tail.start(text -> { }, end::complete);
                assertEquals(new LiveDashboards.End(code, "because"), end.get(30, TimeUnit.SECONDS));
            }
        }
    }
}
