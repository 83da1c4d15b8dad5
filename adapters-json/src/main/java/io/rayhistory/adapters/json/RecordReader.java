package io.rayhistory.adapters.json;

import java.io.IOException;
import java.io.InputStream;

/**
 * Cuts a file into the bytes of single records without understanding them, so that a bad record costs no other. Holds
 * one record at most. Not thread-safe.
 */
abstract class RecordReader {
    /** What {@link #next()} found. */
    enum Found {
        /** A whole record. */
        RECORD,
        /** What stands at the end of the file without the mark that ends a record. */
        REMAINDER,
        /** A record above the limit, already skipped. */
        OVERSIZE,
        /** The file ended where more was announced; nothing to decode. */
        CUT,
        END
    }

    final ByteWindow window;
    /** The record: {@code window.bytes} from {@code start} (inclusive) to {@code end}, without blanks around it. */
    int start;
    int end;
    /** Counts lines, or elements, from 1. */
    long number;

    RecordReader(ByteWindow window) {
        this.window = window;
    }

    /** JSON lines, whatever the first byte is. */
    static RecordReader lines(InputStream in, int maxRecordBytes) {
        return new LineRecords(new ByteWindow(in, maxRecordBytes + 1));
    }

    /** A JSON array if the first byte that is no blank is {@code [}, else JSON lines. */
    static RecordReader sniffed(InputStream in, int maxRecordBytes) throws IOException {
        ByteWindow window = new ByteWindow(in, maxRecordBytes + 1);
        while (true) {
            while (window.from < window.to) {
                byte b = window.bytes[window.from];
                if (!isBlank(b)) {
                    return b == '[' ? new ArrayRecords(window) : new LineRecords(window);
                }
                window.from++;
            }
            if (window.more() == ByteWindow.More.ENDED) {
                return new LineRecords(window);
            }
        }
    }

    abstract Found next() throws IOException;

    byte[] bytes() {
        return window.bytes;
    }

    /** Sets the record to this range without the blanks around it; false if nothing is left. */
    final boolean take(int first, int last) {
        start = first;
        end = last;
        while (start < end && isBlank(window.bytes[start])) {
            start++;
        }
        while (end > start && isBlank(window.bytes[end - 1])) {
            end--;
        }
        return start < end;
    }

    static boolean isBlank(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }
}
