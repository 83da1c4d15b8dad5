package io.rayhistory.application.read;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/** Reads a log file of any size line by line with bounded memory. */
final class LogLines {
    /** Bytes kept of a line; the rest of a longer one is skipped. Nothing that is looked for starts behind this. */
    static final int MAX_LINE = 64 * 1024;

    private LogLines() {
    }

    /**
     * Hands over each line without its end, until the taker answers false. A last line without newline counts. Bytes
     * that are no UTF-8 are replaced.
     */
    static void forEach(InputStream stream, Predicate<String> taker) throws IOException {
        byte[] block = new byte[16 * 1024];
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        boolean open = false;
        for (int read = stream.read(block); read >= 0; read = stream.read(block)) {
            int from = 0;
            for (int i = 0; i < read; i++) {
                if (block[i] != '\n') {
                    continue;
                }
                keep(line, block, from, i);
                from = i + 1;
                open = false;
                if (!taker.test(text(line))) {
                    return;
                }
            }
            if (from < read) {
                keep(line, block, from, read);
                open = true;
            }
        }
        if (open) {
            taker.test(text(line));
        }
    }

    private static void keep(ByteArrayOutputStream line, byte[] block, int from, int to) {
        line.write(block, from, Math.min(to - from, MAX_LINE - line.size()));
    }

    private static String text(ByteArrayOutputStream line) {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
