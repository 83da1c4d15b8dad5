package io.rayhistory.adapters.http.intake;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

import static io.rayhistory.adapters.http.intake.IntakeFixture.SESSION;
import static io.rayhistory.adapters.http.intake.IntakeFixture.event;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

final class PackedPostsTest {
    private final IntakeFixture fixture = new IntakeFixture();
    private final Map<String, String> both = Map.of(SESSION + "/", event("a") + "\n" + event("b") + "\n");

    @AfterEach
    void stop() {
        fixture.close();
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }

    private static byte[] deflate(String text, boolean bare) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed, new Deflater(6, bare))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZIP", "x-gzip"})
    void gzipIsUnpacked(String name) throws Exception {
        assertEquals(200, fixture.post(gzip("[" + event("a") + ", " + event("b") + "]"), "Content-Encoding", name).statusCode());
        assertEquals(both, fixture.kept());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void deflateIsUnpackedInBothOfItsForms(boolean bare) throws Exception {
        assertEquals(200, fixture.post(deflate("[" + event("a") + ", " + event("b") + "]", bare), "Content-Encoding", "deflate").statusCode());
        assertEquals(both, fixture.kept());
    }

    @Test
    void identityIsNoEncoding() throws Exception {
        assertEquals(200, fixture.post("[" + event("a") + "]", "Content-Encoding", "identity").statusCode());
    }

    @Test
    void membersThatArriveLaterBelongToTheBody() throws Exception {
        byte[] first = gzip("[" + event("a") + ",");
        byte[] second = gzip(event("b") + "]");
        try (Socket socket = new Socket("127.0.0.1", fixture.server.port())) {
            socket.getOutputStream().write(("POST /v1/events HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Encoding: gzip\r\nContent-Length: "
                    + (first.length + second.length) + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(first);
            while (fixture.intake.running() == 0) {
                Thread.onSpinWait();
            }
            socket.getOutputStream().write(second);
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
        }
        assertEquals(both, fixture.kept());
    }

    @Test
    void halfOfAPackedBodyDoesNotPassForAllOfIt() throws Exception {
        byte[] whole = gzip(event("a") + "\n" + event("b") + "\n");
        for (int length = 0; length < whole.length; length++) {
            HttpResponse<String> answer = fixture.post(Arrays.copyOf(whole, length), "Content-Encoding", "gzip");
            assertEquals(400, answer.statusCode(), "cut at " + length);
        }
        byte[] deflated = deflate(event("a") + "\n" + event("b") + "\n", false);
        for (int length = 0; length < deflated.length; length++) {
            HttpResponse<String> answer = fixture.post(Arrays.copyOf(deflated, length), "Content-Encoding", "deflate");
            assertEquals(400, answer.statusCode(), "cut at " + length);
        }
        assertEquals(Map.of(), fixture.kept());
    }

    @Test
    void damagedPackingIsRefused() throws Exception {
        byte[] damaged = gzip("[" + event("a") + "]");
        damaged[damaged.length / 2] ^= 0x55;
        assertEquals(400, fixture.post(damaged, "Content-Encoding", "gzip").statusCode());
        assertEquals(400, fixture.post("[" + event("a") + "]", "Content-Encoding", "gzip").statusCode());
        byte[] followed = joined(deflate("[" + event("a") + "]", false), new byte[]{1, 2, 3});
        assertEquals(400, fixture.post(followed, "Content-Encoding", "deflate").statusCode());
        assertEquals(Map.of(), fixture.kept());
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "zstd", "gzip, gzip"})
    void otherEncodingsAreNamed(String name) throws Exception {
        HttpResponse<String> answer = fixture.post("[]", "Content-Encoding", name);
        assertEquals("415 gzip, deflate", answer.statusCode() + " " + answer.headers().firstValue("Accept-Encoding").orElse(""));
    }
}
