package io.rayhistory.adapters.json;

import io.rayhistory.application.port.EventSplitter;
import io.rayhistory.domain.HistoryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

final class StreamingEventSplitterTest {
    private static final String A = "{\"sessionName\":\"s\",\"eventId\":\"a\"}";
    private static final String B = "{\"sessionName\":\"s\",\"eventId\":\"b\"}";

    @ParameterizedTest
    @ValueSource(strings = {"[A,B]", " [ A ,\n B ] ", "A\nB", "A\nB\n", "A\r\nB\r\n\r\n", "AB", "\uFEFF[A,B]", "[A]\n[B]", "[]A[B]"})
    void arraysAndLinesGiveTheSameEvents(String form) throws IOException {
        assertEquals(List.of(A, B), SplitEvents.of(form.replace("A", A).replace("B", B)).lines);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", " [ ] ", "null", "null\n", "[]\n[]"})
    void nothingIsNoError(String body) throws IOException {
        SplitEvents split = SplitEvents.of(body);
        assertEquals(List.of(List.of(), List.of()), List.of(split.lines, split.rejected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n", "hello", "{", "[", "[A", "[A,", "[A,]", "[,A]", "[A B]", "[A]]", "[A}", "[A,{\"a\":\"b", "A\n{\"a\":", "{\"a\":1",
        "{a:1}", "{\"a\" 1}", "[{\"a\":[1}]", "nul", "<html></html>", "sessionName=s", "[A;B]"})
    void whatIsNoJsonAsAWholeOrEndsEarlyIsInvalid(String body) {
        HistoryException e = assertThrows(HistoryException.class, () -> SplitEvents.of(body.replace("A", A).replace("B", B)));
        assertEquals(HistoryException.Kind.INVALID, e.kind());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', value = {
        "null ~ no JSON object: null", "7 ~ no JSON object: 7", "\"text\" ~ no JSON object: \"text\"", "[1, 2] ~ no JSON object: [1,2]",
        "{\"a\" : } ~ malformed JSON: {\"a\":}", "{\"a\":01} ~ malformed JSON: {\"a\":01}", "{\"a\":tru} ~ malformed JSON: {\"a\":tru}",
        "{\"a\":1,} ~ malformed JSON: {\"a\":1,}", "{,} ~ malformed JSON: {,}", "{\"a\":1 \"b\":2} ~ malformed JSON: {\"a\":1\"b\":2}",
        "{\"a\":\"\\x\"} ~ malformed JSON: {\"a\":\"\\x\"}", "{\"a\":\"\\u12g4\"} ~ malformed JSON: {\"a\":\"\\u12g4\"}",
        "{\"a\":[1,]} ~ malformed JSON: {\"a\":[1,]}", "{\"a\":1.} ~ malformed JSON: {\"a\":1.}", "{1:2} ~ malformed JSON: {1:2}",
        "{\"a\":\"x\ty\"} ~ control character in a text: {\"a\":\"x y\"}"})
    void anElementThatCannotBeUsedCostsNoOther(String element, String told) throws IOException {
        SplitEvents split = SplitEvents.of("[" + A + ", " + element + ", " + B + "]");
        assertEquals(List.of(A, B), split.lines);
        assertEquals(List.of(told), split.rejected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":\"torn", "garbage {", "{\"a\" 1} {", "}", "{\"a\":1,}", "{\"a\":\"b\\", "]"})
    void aBrokenLineEndsWithItsLine(String line) throws IOException {
        SplitEvents split = SplitEvents.of(A + "\n" + line + "\n" + B + "\n");
        assertEquals(List.of(A, B), split.lines);
        assertEquals(1, split.rejected.size());
    }

    @Test
    void jsonThatIsNoObjectIsRejectedOutsideOfArraysToo() throws IOException {
        assertEquals(List.of("no JSON object: 12", "no JSON object: \"x\""), SplitEvents.of("12 \"x\"").rejected);
    }

    @Test
    void membersAreFoundInBothSpellingsAndWithEscapes() throws IOException {
        assertEquals(List.of("s|e|AQAAAA==|true"), SplitEvents.of("[{\"sessionName\":\"s\",\"eventId\":\"e\",\"timestamp\":\"t\","
                + "\"taskDefinitionEvent\":{\"x\":{\"jobId\":\"no\"},\"jobId\":\"AQAAAA==\"}}]").members);
        assertEquals(List.of("s|e|AQAAAA==|true"), SplitEvents.of("[{\"session_name\":\"s\",\"event_id\":\"e\",\"timestamp\":\"t\","
                + "\"task_profile_events\":{\"job_id\":\"AQAAAA==\"}}]").members);
        assertEquals(List.of("s/t|\"|7|false"), SplitEvents.of("{\"session\\u004eame\":\"s\\/t\",\"eventId\":\"\\\"\","
                + "\"timestamp\":1,\"driverJobLifecycleEvent\":{\"jobId\":7}}").members);
    }

    @Test
    void membersDeeperInsideOrOfAnotherTypeDoNotCount() throws IOException {
        assertEquals(List.of("|||false"), SplitEvents.of("[{\"x\":{\"sessionName\":\"s\",\"eventId\":\"e\",\"jobId\":\"j\"},\"jobId\":\"j\","
                + "\"sessionName\":[\"s\"],\"eventId\":7,\"timestamp\":null}]").members);
    }

    @Test
    void theFirstBearerInRaysOrderDecidesAboutTheJob() throws IOException {
        String both = "{\"actorDefinitionEvent\":{\"jobId\":\"last\"},\"taskLifecycleEvent\":{\"jobId\":\"first\"},\"taskDefinitionEvent\":{\"jobId\":\"\"}}";
        assertEquals(List.of("||first|false"), SplitEvents.of(both).members);
    }

    @Test
    void eventsAboutNodesHaveNoJob() throws IOException {
        assertEquals(List.of("|||false"),
                SplitEvents.of("{\"driverJobLifecycleEvent\":{\"jobId\":\"01\"},\"eventType\":\"NODE_LIFECYCLE_EVENT\"}").members);
    }

    @Test
    void anEventAboveTheLimitIsRejectedWithItsBeginningAndCostsNoOther() throws IOException {
        String large = "{\"sessionName\":\"s\",\"x\":\"" + "y".repeat(900_000) + "\"}";
        SplitEvents split = SplitEvents.of(new StreamingEventSplitter(500_000, 10 << 20), bytes("[" + A + "," + large + "," + B + "]"));
        assertEquals(List.of(A, B), split.lines);
        assertEquals(1, split.rejected.size());
        assertTrue(split.rejected.get(0).startsWith("larger than 500000 bytes: {\"sessionName\":\"s\",\"x\":\"yy"));
        assertEquals("larger than 500000 bytes: ".length() + (64 << 10), split.rejected.get(0).length());
    }

    @Test
    void anEventOfTheLimitIsKept() throws IOException {
        String exact = "{\"x\":\"" + "y".repeat(500_000 - 8) + "\"}";
        assertEquals(List.of(exact), SplitEvents.of(new StreamingEventSplitter(500_000, 10 << 20), bytes("[" + exact + "]")).lines);
        assertEquals(1, SplitEvents.of(new StreamingEventSplitter(499_999, 10 << 20), bytes("[" + exact + "]")).rejected.size());
    }

    @Test
    void manyLargeEventsAtOnceAreRefusedForNowAndTheBudgetComesBack() throws IOException {
        StreamingEventSplitter splitter = new StreamingEventSplitter(4 << 20, 1 << 20);
        String large = "[{\"x\":\"" + "y".repeat(600_000) + "\"}]";
        HistoryException e = assertThrows(HistoryException.class, () -> splitter.split(bytes(large), new SplitEvents() {
            @Override
            public void event(EventSplitter.PostedEvent event) {
                HistoryException inner = assertThrows(HistoryException.class, () -> SplitEvents.of(splitter, bytes(large)));
                throw inner;
            }
        }));
        assertEquals(HistoryException.Kind.UNAVAILABLE, e.kind());
        assertEquals(1, SplitEvents.of(splitter, bytes(large)).lines.size());
    }

    @Test
    void nestingThatNoReaderTakesIsRejected() throws IOException {
        String deep = "{\"a\":" + "[".repeat(255) + "]".repeat(255) + "}";
        String tooDeep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        SplitEvents split = SplitEvents.of("[" + deep + "," + tooDeep + "," + B + "]");
        assertEquals(List.of(deep, B), split.lines);
        assertTrue(split.rejected.get(0).startsWith("nested deeper than 256: "));
    }

    private static ByteArrayInputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
