package io.rayhistory.adapters.http.intake;

import io.rayhistory.application.collect.IntakeLimits;
import io.rayhistory.domain.HistoryException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

import static io.rayhistory.adapters.http.intake.IntakeFixture.SESSION;
import static io.rayhistory.adapters.http.intake.IntakeFixture.event;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Every row of collector.md 2.2, as 10.2 changes it. */
final class EventsIntakeServerTest {
    private IntakeFixture fixture = new IntakeFixture();

    @AfterEach
    void stop() {
        fixture.close();
    }

    private void restart(IntakeLimits limits, String token, long spoolBytes) {
        fixture.close();
        fixture = new IntakeFixture(limits, token, spoolBytes);
    }

    private static String receipt(int accepted, int rejected, int duplicates, String reasons) {
        return "{\"accepted\":" + accepted + ",\"rejected\":" + rejected + ",\"duplicates\":" + duplicates + ",\"reasons\":[" + reasons + "]}";
    }

    @Test
    void anArrayOfEventsIsKeptAndCounted() throws Exception {
        HttpResponse<String> answer = fixture.post("[" + event("a") + ", " + event("b") + "]", "Content-Type", "application/json");
        assertEquals(200, answer.statusCode());
        assertEquals(receipt(2, 0, 0, ""), answer.body());
        assertEquals("application/json", answer.headers().firstValue("Content-Type").orElse(""));
        assertEquals(Map.of(SESSION + "/", event("a") + "\n" + event("b") + "\n"), fixture.kept());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null"})
    void nothingIsFine(String body) throws Exception {
        HttpResponse<String> answer = fixture.post(body);
        assertEquals("200 " + receipt(0, 0, 0, ""), answer.statusCode() + " " + answer.body());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', value = {
        "null ~ no JSON object", "7 ~ no JSON object", "{\"eventId\":\"x\",\"timestamp\":\"t\"} ~ no sessionName", "{\"sessionName\":\"\"} ~ no sessionName",
        "{\"sessionName\":7} ~ no sessionName", "{\"sessionName\":\".\"} ~ invalid sessionName", "{\"sessionName\":\"..\"} ~ invalid sessionName",
        "{\"sessionName\":\"a/b\"} ~ invalid sessionName", "{\"sessionName\":\"a b\"} ~ invalid sessionName", "{\"a\":} ~ malformed JSON"})
    void oneBadEventInABatchCostsNoOther(String bad, String reason) throws Exception {
        HttpResponse<String> answer = fixture.post("[" + event("a") + "," + bad + "," + event("b") + "]");
        assertEquals("200 " + receipt(2, 1, 0, "\"" + reason + "\""), answer.statusCode() + " " + answer.body());
        assertEquals(1, fixture.spool.rejected().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"sessionName\":\"s\"}", "{\"sessionName\":\"s\",\"timestamp\":\"yesterday\"}", "{\"sessionName\":\"s\",\"timestamp\":5}",
        "{\"session_name\":\"s\",\"event_id\":\"e\",\"timestamp\":\"2026-11-22T20:21:20Z\"}"})
    void eventsWithoutAUsableTimestampAndInSnakeCaseAreKept(String event) throws Exception {
        assertEquals(200, fixture.post("[" + event + "]").statusCode());
        assertEquals(Map.of("s/", event + "\n"), fixture.kept());
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "A\n", "A\nB\n", "[A]\n"})
    void oneObjectAndJsonLinesAreKept(String form) throws Exception {
        assertEquals(200, fixture.post(form.replace("A", event("1")).replace("B", event("2"))).statusCode());
        assertTrue(fixture.kept().get(SESSION + "/").startsWith(event("1") + "\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "[", "[{}", "[{},", "hello", "{\"a\"", "{a:1}", "[{\"sessionName\":\"s\"},{\"sess"})
    void whatIsNoJsonOrEndsEarlyIsRefusedWhole(String body) throws Exception {
        HttpResponse<String> answer = fixture.post(body);
        assertEquals(400, answer.statusCode());
        assertTrue(answer.body().startsWith("400: the body "), answer.body());
        assertEquals(Map.of(), fixture.kept());
    }

    @Test
    void aRetriedBatchIsKeptOnce() throws Exception {
        fixture.post("[" + event("a") + "]");
        assertEquals(receipt(1, 0, 1, ""), fixture.post("[" + event("a") + "," + event("b") + "]").body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-8", "nonsense"})
    void theContentTypeDoesNotMatter(String type) throws Exception {
        assertEquals(200, fixture.post("[" + event("a") + "]", "Content-Type", type).statusCode());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', value = {"*/* ~ 200", "application/* ~ 200", "application/json ~ 200", "text/html, application/json;q=0.5 ~ 200",
        "text/html ~ 406", "application/json;q=0 ~ 406", "application/json; q=0.0, text/plain ~ 406"})
    void theAnswerIsJsonOrNone(String accept, int status) throws Exception {
        assertEquals(status, fixture.post("[]", "Accept", accept).statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "HEAD", "OPTIONS"})
    void eventsAreOnlyPosted(String method) throws Exception {
        HttpResponse<String> answer = fixture.send(fixture.to("/v1/events").method(method, BodyPublishers.ofString("[]")));
        assertEquals("405 POST", answer.statusCode() + " " + answer.headers().firstValue("Allow").orElse(""));
    }

    @ParameterizedTest
    @CsvSource({"/v1/events/, 200", "/v1/events?x=1, 200", "/, 404", "/v1, 404", "/v1/events/x, 404", "/v2/events, 404", "/livez, 404"})
    void thereIsOnePath(String path, int status) throws Exception {
        assertEquals(status, fixture.send(fixture.to(path).POST(BodyPublishers.ofString("[]"))).statusCode());
    }

    @Test
    void aBodyAboveTheLimitIsTooLargeAnnouncedOrNot() throws Exception {
        restart(new IntakeLimits(4, 1000, 10), "", 1 << 20);
        String body = "[" + event("a") + " ".repeat(1000) + "]";
        assertEquals(413, fixture.post(body).statusCode());
        HttpResponse<String> chunked = fixture.send(fixture.to("/v1/events")
                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofString(body))));
        assertEquals(413, chunked.statusCode());
        assertEquals(Map.of(), fixture.kept());
        assertEquals(200, fixture.post("[" + event("a") + "]").statusCode());
    }

    @Test
    void aFullSpoolIsToldBeforeItIsTooLate() throws Exception {
        restart(IntakeLimits.DEFAULTS, "", 150);
        assertEquals(200, fixture.post("[" + event("a") + "]").statusCode());
        HttpResponse<String> full = fixture.post("[" + event("b") + "," + event("c") + "]");
        assertEquals("503 5", full.statusCode() + " " + full.headers().firstValue("Retry-After").orElse(""));
    }

    @Test
    void aDrainingIntakeRefuses() throws Exception {
        fixture.intake.drain();
        HttpResponse<String> answer = fixture.post("[" + event("a") + "]");
        assertEquals("503 5", answer.statusCode() + " " + answer.headers().firstValue("Retry-After").orElse(""));
        assertEquals("503: the collector is stopping\n", answer.body());
    }

    @Test
    void aClientThatIsStillSendingSeesTheRefusal() throws Exception {
        fixture.intake.drain();
        byte[] large = new byte[3 << 20];
        try (Socket socket = new Socket("127.0.0.1", fixture.server.port())) {
            for (int i = 0; i < 2; i++) {
                socket.getOutputStream().write(("POST /v1/events HTTP/1.1\r\nHost: h\r\n" + (i == 1 ? "Connection: close\r\n" : "")
                        + "Content-Length: " + large.length + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
                socket.getOutputStream().write(large);
            }
            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(3, answers.split("HTTP/1.1 503 ", -1).length, answers);
        }
    }

    @Test
    void aSharedTokenIsAskedFor() throws Exception {
        restart(IntakeLimits.DEFAULTS, "s3cret", 1 << 20);
        assertEquals(401, fixture.post("[]").statusCode());
        assertEquals(401, fixture.post("[]", "Authorization", "Bearer other").statusCode());
        assertEquals(401, fixture.post("[]", "Authorization", "Basic ###").statusCode());
        assertEquals(200, fixture.post("[]", "Authorization", "Bearer s3cret").statusCode());
        String pair = Base64.getEncoder().encodeToString("collector:s3cret".getBytes(StandardCharsets.UTF_8));
        assertEquals(200, fixture.post("[]", "Authorization", "Basic " + pair).statusCode());
        assertEquals(false, new IntakeSettings("h", 1, "s3cret").toString().contains("s3cret"));
    }

    @Test
    void aConnectionThatBreaksInTheMiddleKeepsNothing() throws Exception {
        String head = "POST /v1/events HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n[" + event("a") + ",";
        try (Socket socket = new Socket("127.0.0.1", fixture.server.port())) {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            while (fixture.intake.running() == 0) {
                Thread.onSpinWait();
            }
        }
        while (fixture.intake.running() > 0) {
            Thread.onSpinWait();
        }
        assertEquals(Map.of(), fixture.kept());
        assertEquals(receipt(1, 0, 0, ""), fixture.post("[" + event("a") + "]").body());
    }

    @Test
    void malformedRequestsGetAPlainAnswer() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", fixture.server.port())) {
            socket.getOutputStream().write("nonsense\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(answer.startsWith("HTTP/1.1 400 ") && answer.endsWith("400: Bad Request\n"), answer);
        }
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        HistoryException e = assertThrows(HistoryException.class,
                () -> EventsIntakeServer.start(new IntakeSettings("127.0.0.1", fixture.server.port(), ""), fixture.intake));
        assertTrue(e.getMessage().contains("127.0.0.1:" + fixture.server.port()), e.getMessage());
    }
}
