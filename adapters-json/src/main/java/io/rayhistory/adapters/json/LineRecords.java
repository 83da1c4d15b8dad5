package io.rayhistory.adapters.json;

import java.io.IOException;

/** JSON lines: a record ends at its line's end, blank lines are none. */
final class LineRecords extends RecordReader {
    /** Where in the stream no further line may begin. */
    private final long limit;

    LineRecords(ByteWindow window) {
        this(window, Long.MAX_VALUE);
    }

    LineRecords(ByteWindow window, long limit) {
        super(window);
        this.limit = limit;
    }

    /** Leaves out the first line, or what is left of it; it belongs to whoever reads the range before. */
    LineRecords behindFirstLine() throws IOException {
        skipLine();
        return this;
    }

    @Override
    Found next() throws IOException {
        int scanned = 0;
        while (true) {
            if (scanned == 0 && window.position() >= limit) {
                return Found.END;
            }
            int lineEnd = Words.newline(window.bytes, window.from + scanned, window.to);
            if (lineEnd >= 0) {
                int first = window.from;
                window.from = lineEnd + 1;
                number++;
                if (take(first, lineEnd)) {
                    return Found.RECORD;
                }
                scanned = 0;
                continue;
            }
            scanned = window.held();
            switch (window.more()) {
                case READ:
                    break;
                case FULL:
                    number++;
                    skipLine();
                    return Found.OVERSIZE;
                case ENDED:
                    boolean any = take(window.from, window.to);
                    window.drop();
                    number += any ? 1 : 0;
                    return any ? Found.REMAINDER : Found.END;
            }
        }
    }

    private void skipLine() throws IOException {
        do {
            if (window.position() >= limit) {
                return;
            }
            int lineEnd = Words.newline(window.bytes, window.from, window.to);
            if (lineEnd >= 0) {
                window.from = lineEnd + 1;
                return;
            }
            window.drop();
        } while (window.more() == ByteWindow.More.READ);
    }
}
