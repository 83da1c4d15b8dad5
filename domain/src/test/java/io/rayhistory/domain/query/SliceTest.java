package io.rayhistory.domain.query;

import io.rayhistory.domain.HistoryException;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SliceTest {
    private static List<String> rows(int count) {
        return IntStream.range(0, count).mapToObj(i -> "row." + i + "/\u00fc").collect(Collectors.toCollection(ArrayList::new));
    }

    @Test
    void goingOnFromCursorToCursorVisitsEveryRowOnce() {
        for (long seed = 1; seed <= 200; seed++) {
            Random dice = new Random(seed);
            List<String> rows = rows(dice.nextInt(60));
            List<String> seen = new ArrayList<>();
            String cursor = "";
            do {
                Slice<String> slice = Slice.of(rows, Function.identity(), "q", 1 + dice.nextInt(9), cursor);
                assertEquals(seen.size(), slice.first(), "seed " + seed);
                assertEquals(rows.size(), slice.total(), "seed " + seed);
                seen.addAll(slice.rows());
                cursor = slice.nextCursor();
            } while (!cursor.isEmpty());
            assertEquals(rows, seen, "seed " + seed);
        }
    }

    @Test
    void rowsThatComeAndGoMeanwhileNeitherHideNorRepeatOthers() {
        for (long seed = 1; seed <= 200; seed++) {
            Random dice = new Random(seed);
            List<String> rows = rows(30);
            Slice<String> first = Slice.of(rows, Function.identity(), "q", 10, "");
            for (int i = 0; i < dice.nextInt(5); i++) {
                rows.add(dice.nextInt(9), "new" + i);
            }
            List<String> rest = Slice.of(rows, Function.identity(), "q", 100, first.nextCursor()).rows();
            assertEquals(rows.subList(rows.indexOf("row.10/\u00fc"), rows.size()), rest, "seed " + seed);
        }
        List<String> fewer = rows(30);
        String cursor = Slice.of(fewer, Function.identity(), "q", 10, "").nextCursor();
        fewer.remove(9);
        assertEquals(fewer.get(10), Slice.of(fewer, Function.identity(), "q", 1, cursor).rows().get(0));
    }

    @Test
    void aCursorOfAnotherQuestionOrNoneIsRefusedAndNamed() {
        String cursor = Slice.of(rows(9), Function.identity(), "sort=a", 3, "").nextCursor();
        HistoryException other = assertThrows(HistoryException.class,
                () -> Slice.of(rows(9), Function.identity(), "sort=b", 3, cursor));
        assertTrue(other.getMessage().contains("same filters"), other.getMessage());
        for (String wrong : List.of("x", "1.2", "-1.0.a", "99999999999.1.a", "a.99999999999.b", "\n", ".".repeat(5000))) {
            HistoryException refused = assertThrows(HistoryException.class,
                    () -> Slice.of(rows(9), Function.identity(), "sort=a", 3, wrong));
            assertEquals(HistoryException.Kind.INVALID, refused.kind());
            assertTrue(refused.getMessage().length() < 300);
        }
    }
}
