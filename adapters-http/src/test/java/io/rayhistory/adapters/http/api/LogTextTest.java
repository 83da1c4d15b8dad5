package io.rayhistory.adapters.http.api;

import io.rayhistory.domain.HistoryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** Names of logs, their categories, and what is done to their bytes. */
class LogTextTest {
    private static final String SESSION = "session_2026-11-22_20-21-16_964865_19675";

    @ParameterizedTest
    @CsvSource({"raylet.out,raylet.out", "serve/x.log,serve/x.log", "./a//b,a/b", "a/../b,b", "old/,old",
        "/tmp/ray/" + SESSION + "/logs/worker-1.out,worker-1.out", "/elsewhere/" + SESSION + "/logs/serve/a,serve/a",
        "/tmp/ray/session_latest/logs/a.out,a.out", "'with blank, and comma','with blank, and comma'"})
    void namesAreRelativeToTheLogs(String name, String expected) {
        assertEquals(expected, LogNames.normalize(name, SESSION));
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../raylet.out", "a/../../b", "/etc/passwd", "/tmp/ray/" + SESSION + "/logs/../x",
        "a\u0000b", "a\nb", "..\\x", ".", "/", "", "/tmp/ray/session_other/logs/a"})
    void namesThatLeaveTheLogsAreInvalid(String name) {
        HistoryException e = assertThrows(HistoryException.class, () -> LogNames.normalize(name, SESSION));
        assertEquals(HistoryException.Kind.INVALID, e.kind());
        assertEquals(-1, e.getMessage().indexOf('\n'));
    }

    @ParameterizedTest
    @CsvSource({"worker-ab-01000000-7.out,worker_out", "worker-ab-01000000-7.err,worker_err",
        "python-core-worker-ab_7.log,core_worker", "python-core-driver-ab_7.log,driver", "raylet.out,raylet",
        "gcs_server.err,gcs_server", "log_monitor.log,internal", "monitor.log,autoscaler", "monitor.out,autoscaler",
        "dashboard_agent.log,agent", "runtime_env_agent.out,agent", "dashboard.log,dashboard",
        "dashboard_NodeHead.log,internal", "job-driver-raysubmit_x.log,internal", "events/,internal",
        "serve/replica_worker.out,worker_out", "worker-ab-01000000-7.out.1,internal", "debug_state.txt,internal"})
    void categoriesAreThoseOfTheWebClient(String name, String category) {
        assertEquals(category, LogCategories.of(name));
    }

    @Test
    void categoriesKeepTheOrderOfNames() {
        assertEquals("{raylet=[raylet.err, raylet.out], internal=[a, b]}",
                LogCategories.group(List.of("raylet.err", "a", "raylet.out", "b")).toString());
    }

    @ParameterizedTest
    @CsvSource({"a.log,a.log", "'',file.txt", "../../etc/passwd,passwd", "'a\"b.txt',ab.txt", "c:\\x\\y.txt,y.txt",
        "dir/,file.txt", "..,file.txt", "'say \u00e4h.txt','say _h.txt'", "'a\r\nX: y','aX: y'"})
    void downloadNamesAreSafeInAHeader(String asked, String name) {
        assertEquals("attachment; filename=\"" + name + "\"", DownloadNames.attachment(asked));
    }

    @ParameterizedTest
    @CsvSource(ignoreLeadingAndTrailingWhitespace = false, value = {"a\u001b[31mb,ab", "\u001b[1;31mred\u001b[0m,red", "\u001b[(0)m,''", "\u001b[mx,\u001b[mx",
        "\u001b[2Jx,\u001b[2Jx", "\u001b\u001b[0mx,\u001bx", "\u001b[31,\u001b[31",
        "\u001b[\u001b[0mx,\u001b[x", "plain,plain"})
    void onlyColourCodesAreLeftOut(String text, String expected) throws IOException {
        assertEquals(expected, filtered(text.getBytes(StandardCharsets.UTF_8), new Random(1)));
    }

    @Test
    void coloursAreFoundHoweverTheBytesAreCut() throws IOException {
        long seed = 20261122;
        Random random = new Random(seed);
        String alphabet = "\u001b\u001b\u001b[[[mm01;(a\n";
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(60); i > 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String expected = text.toString().replaceAll("\u001b\\[[0-9;()]+m", "");
            assertEquals(expected, filtered(text.toString().getBytes(StandardCharsets.UTF_8), random),
                    () -> "seed " + seed + ": " + text);
        }
    }

    @Test
    void endlessCodeIsHeldBackOnlySoFar() throws IOException {
        String text = "\u001b[" + "1".repeat(10 * ColourFilter.LONGEST) + "m";
        assertEquals(text, filtered(text.getBytes(StandardCharsets.UTF_8), new Random(1)));
    }

    private static String filtered(byte[] bytes, Random cuts) throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        try (ColourFilter filter = new ColourFilter(target)) {
            for (int at = 0; at < bytes.length;) {
                int count = Math.min(bytes.length - at, 1 + cuts.nextInt(8));
                filter.write(bytes, at, count);
                at += count;
            }
            filter.finish();
        }
        return target.toString(StandardCharsets.UTF_8);
    }
}
