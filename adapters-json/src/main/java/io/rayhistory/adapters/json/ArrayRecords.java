package io.rayhistory.adapters.json;

import java.io.IOException;

/**
 * The elements of a JSON array, or of several in a row (gzip members, appended flushes). Brackets and commas between
 * elements only separate, {@code null} elements are none; the elements before a cut are kept.
 */
final class ArrayRecords extends RecordReader {
    private int open;

    ArrayRecords(ByteWindow window) {
        super(window);
    }

    @Override
    Found next() throws IOException {
        while (true) {
            while (window.from < window.to && isSeparator(window.bytes[window.from])) {
                byte b = window.bytes[window.from++];
                open = b == '[' ? open + 1 : b == ']' ? Math.max(0, open - 1) : open;
            }
            if (window.from == window.to) {
                if (window.more() != ByteWindow.More.ENDED) {
                    continue;
                }
                boolean cut = open > 0;
                open = 0;
                return cut ? Found.CUT : Found.END;
            }
            Found found = window.bytes[window.from] == '{' ? object() : scalar();
            if (found != Found.RECORD || !isNull()) {
                number++;
                return found;
            }
        }
    }

    private Found object() throws IOException {
        int depth = 0;
        boolean text = false;
        boolean skipping = false;
        int i = 0;
        while (true) {
            byte[] bytes = window.bytes;
            int first = window.from;
            int held = window.held();
            while (i < held) {
                byte b = bytes[first + i++];
                if (text) {
                    if (b == '\\') {
                        i++;
                    } else if (b == '"') {
                        text = false;
                    }
                } else if (b == '"') {
                    text = true;
                } else if (b == '{' || b == '[') {
                    depth++;
                } else if ((b == '}' || b == ']') && --depth == 0) {
                    window.from += i;
                    take(first, first + i);
                    return skipping ? Found.OVERSIZE : Found.RECORD;
                }
            }
            switch (window.more()) {
                case READ:
                    break;
                case FULL:
                    skipping = true;
                    i -= held;
                    window.drop();
                    break;
                case ENDED:
                    open = 0;
                    take(window.from, window.to);
                    window.drop();
                    return skipping ? Found.OVERSIZE : Found.REMAINDER;
            }
        }
    }

    private Found scalar() throws IOException {
        int i = 0;
        while (true) {
            for (; i < window.held(); i++) {
                byte b = window.bytes[window.from + i];
                if (isSeparator(b) || b == '{') {
                    return scalar(i);
                }
            }
            switch (window.more()) {
                case READ:
                    break;
                case FULL:
                    window.drop();
                    return Found.OVERSIZE;
                case ENDED:
                    return scalar(i);
            }
        }
    }

    private Found scalar(int length) {
        take(window.from, window.from + length);
        window.from += length;
        return Found.RECORD;
    }

    private boolean isNull() {
        return end - start == 4 && window.bytes[start] == 'n' && window.bytes[start + 1] == 'u';
    }

    private static boolean isSeparator(byte b) {
        return isBlank(b) || b == ',' || b == '[' || b == ']';
    }
}
