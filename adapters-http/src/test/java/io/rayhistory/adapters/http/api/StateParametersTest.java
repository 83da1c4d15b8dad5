package io.rayhistory.adapters.http.api;

import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.query.Filter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class StateParametersTest {

    @Test
    void nothingSentMeansRaysDefaults() {
        StateParameters parameters = StateParameters.parse(QueryString.of(""));
        assertEquals(100, parameters.query().limit());
        assertTrue(parameters.query().excludeDriver());
        assertFalse(parameters.detail());
        assertEquals(List.of(), parameters.query().filters());
    }

    @ParameterizedTest
    @CsvSource({"limit=0,0", "limit=7,7", "limit= 7 ,7", "limit=+7,7", "limit=10000,10000", "limit=007,7",
        "limit=5&limit=x,5", "server_timeout_multiplier=0.8&nocache=1,100", "timeout=24,100", "limit=-0,0"})
    void limitsAreWholeNumbersUpToTheSupportedOne(String query, int limit) {
        assertEquals(limit, StateParameters.parse(QueryString.of(query)).query().limit());
    }

    @ParameterizedTest
    @CsvSource({"True,true", "true,true", "1,true", "False,false", "false,false", "0,false"})
    void flagsAreSpelledAsPythonOrJsonDoes(String text, boolean value) {
        StateParameters parameters = StateParameters.parse(QueryString.of("detail=" + text + "&exclude_driver=" + text));
        assertEquals(value, parameters.detail());
        assertEquals(value, parameters.query().excludeDriver());
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=", "limit=x", "limit=1.5", "limit=-1", "limit=10001", "limit=99999999999999999999",
        "limit=1_000", "limit=0x10", "timeout=x", "timeout=", "detail=yes", "detail=", "detail=TRUE", "detail=t",
        "exclude_driver=2", "filter_keys=state", "filter_keys=a&filter_predicates==", "filter_values=1",
        "filter_keys=a&filter_predicates=>&filter_values=1", "filter_keys=a&filter_predicates=&filter_values=1"})
    void whatRayRefusesIsInvalid(String query) {
        HistoryException e = assertThrows(HistoryException.class, () -> StateParameters.parse(QueryString.of(query)));
        assertEquals(HistoryException.Kind.INVALID, e.kind());
        assertFalse(e.getMessage().isBlank());
    }

    @Test
    void tooHighALimitIsRefusedInRaysWords() {
        HistoryException e = assertThrows(HistoryException.class,
                () -> StateParameters.parse(QueryString.of("limit=100000")));
        assertEquals("Given limit 100000 exceeds the supported limit 10000. Use a lower limit, or set the"
                + " `RAY_MAX_LIMIT_FROM_API_SERVER` environment variable to a larger value.", e.getMessage());
    }

    @Test
    void filtersAreZippedByPosition() {
        List<Filter> filters = StateParameters.parse(QueryString.of("filter_keys=STATE&filter_predicates=!="
                + "&filter_keys=name&filter_values=FAILED&filter_predicates==&filter_values=")).query().filters();
        assertEquals(List.of(new Filter("state", false, "FAILED"), new Filter("name", true, "")), filters);
    }
}
