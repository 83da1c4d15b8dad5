package io.rayhistory.domain.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rayhistory.domain.HistoryException;
import org.junit.jupiter.api.Test;

import java.util.List;

class RowFilterTest {

    private record Row(String name, String node, Integer pid, Boolean alive) {
    }

    private static final Row BARE = new Row("", "", null, null);
    private static final Row FULL = new Row("Square", "ab12", 77, true);
    private static final Columns<Row> COLUMNS = Columns.<Row>builder()
            .text("name", Row::name).textOrNull("node_id", Row::node).number("pid", Row::pid).bool("is_alive", Row::alive)
            .object("env").build();

    private static boolean passes(Row row, String column, String predicate, String value) {
        return COLUMNS.filter(List.of(Filter.of(column, predicate, value))).test(row);
    }

    private static String refusal(String column, String value) {
        HistoryException e = assertThrows(HistoryException.class, () -> passes(FULL, column, "=", value));
        assertEquals(HistoryException.Kind.INVALID, e.kind());
        return e.getMessage();
    }

    @Test
    void textIsComparedWithoutRegardToCase() {
        assertTrue(passes(FULL, "name", "=", "SQUARE"));
        assertFalse(passes(FULL, "NAME", "!=", "square"));
        assertFalse(passes(FULL, "name", "=", "squar"));
    }

    @Test
    void absentValueEqualsNothingAndDiffersFromEverything() {
        for (String column : List.of("node_id", "env")) {
            assertFalse(passes(BARE, column, "=", ""), column);
            assertTrue(passes(BARE, column, "!=", ""), column);
        }
        assertFalse(passes(BARE, "pid", "=", "0"));
        assertTrue(passes(BARE, "pid", "!=", "0"));
        assertTrue(passes(BARE, "is_alive", "!=", "False"));
    }

    @Test
    void emptyTextIsAValueWhereNullIsNotMeant() {
        assertTrue(passes(BARE, "name", "=", ""));
    }

    @Test
    void numbersAndBooleansAreConvertedForBothPredicates() {
        assertTrue(passes(FULL, "pid", "=", "77"));
        assertFalse(passes(FULL, "pid", "!=", "077"));
        assertTrue(passes(FULL, "is_alive", "=", "1"));
        assertFalse(passes(FULL, "is_alive", "!=", "True"));
        assertTrue(passes(FULL, "is_alive", "!=", "false"));
    }

    @Test
    void allFiltersMustPass() {
        List<Filter> filters = List.of(Filter.of("name", "=", "square"), Filter.of("pid", "=", "78"));
        assertFalse(COLUMNS.filter(filters).test(FULL));
        assertTrue(COLUMNS.filter(List.of()).passesAll());
    }

    @Test
    void unknownColumnIsRefusedInRaysWords() {
        assertEquals("The given filter column bogus is not supported. Enter filters with \u2013-filter key=value or "
                + "\u2013-filter key!=value Supported filter columns: "
                + "{'name', 'node_id', 'pid', 'is_alive', 'env'}", refusal("bogus", "1"));
    }

    @Test
    void valueOfTheWrongTypeIsRefusedInRaysWords() {
        assertEquals("Invalid filter `--filter pid abc` for a int type column. "
                + "Please provide an integer filter `--filter pid [int]`", refusal("pid", "abc"));
        assertEquals("Invalid filter `--filter is_alive yes` for a boolean type column. Please provide "
                + "`--filter is_alive [True|true|1]` for True or `--filter is_alive [False|false|0]` for False.",
                refusal("is_alive", "yes"));
    }
}
