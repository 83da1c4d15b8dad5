package io.rayhistory.adapters.filesystem;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

final class FileNamesTest {

    @Test
    void usualNamesStandForThemselves() {
        FileNames names = new FileNames(false);
        for (String name : List.of("raylet.out", "restful__api__v0__placement_groups?detail=1&limit=10000", "100%", "C:", "trailing.")) {
            assertEquals(List.of(name), names.forms(name).get(0));
        }
    }

    @Test
    void onWindowsWhatItCannotHoldIsEscaped() {
        FileNames names = new FileNames(true);
        assertEquals(List.of("%~restful__x%3Fdetail=1&limit=10000"), names.forms("restful__x?detail=1&limit=10000").get(0));
        assertEquals(List.of("%~trailing%2E"), names.forms("trailing.").get(0));
        assertEquals(List.of("%~nul.txt"), names.forms("nul.txt").get(0));
        assertEquals(List.of("%~a%3Ab"), names.forms("a:b").get(0));
        assertEquals(List.of("raylet.out"), names.forms("raylet.out").get(0));
    }

    @Test
    void everyFormReadsBackAndNoTwoNamesShareOne() {
        long seed = 99;
        Random random = new Random(seed);
        String[] pieces = {"%~", "~", "%", "%~+", "%41", "a", ".", "?", ":", "é", "\uD83D\uDE00", " ", "+", "x".repeat(100), "%~%tmp", "con"};
        for (boolean windows : new boolean[] {false, true}) {
            FileNames names = new FileNames(windows);
            Map<List<String>, String> owners = new HashMap<>();
            for (int round = 0; round < 1_500; round++) {
                StringBuilder made = new StringBuilder();
                for (int n = random.nextInt(6); n >= 0; n--) {
                    made.append(pieces[random.nextInt(pieces.length)]);
                }
                String segment = made.toString();
                List<List<String>> forms = names.forms(segment);
                assertTrue(forms.size() >= 2);
                for (List<String> form : forms) {
                    assertEquals(Optional.of(segment), names.segment(form), "seed " + seed);
                    String before = owners.put(form, segment);
                    assertTrue(before == null || before.equals(segment), "seed " + seed + ": " + form);
                    for (String diskName : form) {
                        assertTrue(diskName.getBytes(StandardCharsets.UTF_8).length <= 255, diskName);
                        assertFalse(windows && (diskName.endsWith(".") || diskName.endsWith(" ")), diskName);
                    }
                }
            }
        }
    }

    @Test
    void ourTemporaryFilesAreNoNames() {
        assertEquals(Optional.empty(), new FileNames(false).segment(List.of(FileNames.HIDDEN + "-1")));
        assertEquals(Optional.empty(), new FileNames(false).segment(List.of("%~+piece")));
    }
}
