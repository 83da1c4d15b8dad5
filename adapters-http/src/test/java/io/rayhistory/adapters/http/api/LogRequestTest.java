package io.rayhistory.adapters.http.api;

import io.rayhistory.domain.HistoryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class LogRequestTest {

    @Test
    void nothingButATaskMeansRaysDefaults() {
        LogRequest request = LogRequest.parse("file", QueryString.of("task_id=t"));
        assertEquals(new LogRequest("", "", "", "", "t", "", LogRequest.NO_PID, 0, 1000, "out", false, ""), request);
    }

    @ParameterizedTest
    @ValueSource(strings = {"actor_id=a", "task_id=t", "submission_id=s", "node_id=n&filename=f", "node_ip=i&pid=3",
        "node_id=n&submission_id=s", "task_id=t&suffix=err&lines=-1&attempt_number=2&timeout=30&filter_ansi_code=TRUE"})
    void oneWayToNameALogIsEnough(String query) {
        LogRequest.parse("stream", QueryString.of(query));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "node_id=n", "filename=f", "pid=3", "node_id=n&node_ip=i&filename=f",
        "node_id=n&pid=x", "node_id=n&pid=-4", "task_id=t&lines=x", "task_id=t&lines=-2", "task_id=t&suffix=log",
        "task_id=t&suffix=", "task_id=t&attempt_number=x", "task_id=t&attempt_number=99999999999",
        "task_id=t&timeout=x", "task_id=t&interval=1"})
    void whatNamesNoLogOrReadsWrongIsInvalid(String query) {
        HistoryException e = assertThrows(HistoryException.class,
                () -> LogRequest.parse("file", QueryString.of(query)));
        assertEquals(HistoryException.Kind.INVALID, e.kind());
    }

    @Test
    void otherMediaAreInvalid() {
        assertThrows(HistoryException.class, () -> LogRequest.parse("video", QueryString.of("task_id=t")));
    }

    @ParameterizedTest
    @CsvSource({"1,true", "0.5,true", ".5,true", "1e-1,true", "x,false", "1s,false", "NaN,false"})
    void intervalsOfStreamsAreNumbers(String interval, boolean accepted) {
        if (accepted) {
            LogRequest.parse("stream", QueryString.of("task_id=t&interval=" + interval));
        } else {
            assertThrows(HistoryException.class,
                    () -> LogRequest.parse("stream", QueryString.of("task_id=t&interval=" + interval)));
        }
    }

    @Test
    void noLinesMeansTheDefault() {
        assertEquals(1000, LogRequest.parse("file", QueryString.of("task_id=t&lines=0")).lines());
        assertEquals(LogRequest.ALL_LINES, LogRequest.parse("file", QueryString.of("task_id=t&lines=-1")).lines());
        assertEquals(20, LogRequest.parse("file", QueryString.of("task_id=t&lines=20")).lines());
    }

    @Test
    void onlyTrueFiltersColours() {
        assertTrue(LogRequest.parse("file", QueryString.of("task_id=t&filter_ansi_code=True")).plain());
        assertFalse(LogRequest.parse("file", QueryString.of("task_id=t&filter_ansi_code=1")).plain());
    }

    @Test
    void notFoundTellsEverythingThatWasAsked() {
        LogRequest request = LogRequest.parse("file", QueryString.of("node_id=n&pid=3&suffix=err"));
        assertEquals("Could not find a log file. Please make sure the given option exists in the cluster.\n"
                + "\tnode_id: n\n\tfilename: None\n\tactor_id: None\n\ttask_id: None\n\tpid: 3\n\tsuffix: err\n"
                + "\tsubmission_id: None\n\tattempt_number: 0\n", request.notFound());
    }
}
