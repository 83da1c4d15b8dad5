package io.rayhistory.adapters.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;

/**
 * Walks one record that lies in memory as a whole, without copying: a text is a range of the record's bytes. Checks the
 * grammar of everything it passes, what is skipped too.
 *
 * <p>Why not Jackson: it copies the record, makes characters of its bytes, and looks each name up twice; see RATIONALE.md
 * for what that cost.
 */
final class RecordTokens extends Tokens {
    private final JsonFactory factory;
    private final Names names = new Names();
    private final boolean[] inObject;
    private final Escapes escapes = new Escapes();
    private byte[] record;
    private int at;
    private int end;
    private int depth;
    /** Where the current value begins. */
    private int begin;
    /** True in front of the first member or element, where no comma stands. */
    private boolean first;

    RecordTokens(JsonFactory factory, int maxNesting) {
        this.factory = factory;
        this.inObject = new boolean[maxNesting + 1];
    }

    /** Goes to the record's value, which is there: records are not blank. */
    void start(byte[] container, int recordFrom, int recordTo) throws BadRecord {
        record = container;
        at = recordFrom;
        end = recordTo;
        depth = 0;
        first = false;
        value();
    }

    /** Checks that nothing stands behind the value that was read. */
    void finish() throws BadRecord {
        if (depth != 0 || peek() >= 0) {
            throw BadRecord.MALFORMED;
        }
    }

    @Override
    String nextName() throws BadRecord {
        if (separator('}')) {
            close(JsonToken.END_OBJECT);
            return null;
        }
        if (peek() != '"') {
            throw BadRecord.MALFORMED;
        }
        String name = name();
        if (peek() != ':') {
            throw BadRecord.MALFORMED;
        }
        at++;
        value();
        return name;
    }

    private String name() throws BadRecord {
        int nameEnd = names.expected(record, at + 1, end);
        if (nameEnd >= 0) {
            at = nameEnd + 1;
            return names.text();
        }
        string();
        return bytes == record ? names.text(record, from, to) : text();
    }

    @Override
    void nextElement() throws BadRecord {
        if (separator(']')) {
            close(JsonToken.END_ARRAY);
        } else {
            value();
        }
    }

    @Override
    void skip() throws BadRecord {
        if (token.isStructStart()) {
            leaveTo(depth - 1);
        }
    }

    @Override
    int depth() {
        return depth;
    }

    @Override
    void leaveTo(int outer) throws BadRecord {
        while (depth > outer) {
            if (inObject[depth]) {
                nextName();
            } else {
                nextElement();
            }
        }
    }

    @Override
    JsonParser parser() throws IOException {
        int valueBegin = begin;
        skip();
        JsonParser parser = factory.createParser(record, valueBegin, at - valueBegin);
        parser.nextToken();
        return parser;
    }

    /** Passes the comma in front of a member or element; true, without passing anything, at the end of all. */
    private boolean separator(char close) throws BadRecord {
        int next = peek();
        if (next == close) {
            return true;
        }
        if (!first) {
            if (next != ',') {
                throw BadRecord.MALFORMED;
            }
            at++;
        }
        return false;
    }

    private void open(boolean object, JsonToken opened) throws BadRecord {
        if (++depth == inObject.length) {
            throw BadRecord.TOO_DEEP;
        }
        inObject[depth] = object;
        first = true;
        token = opened;
        at++;
    }

    private void close(JsonToken closed) {
        at++;
        depth--;
        first = false;
        token = closed;
    }

    private void value() throws BadRecord {
        int next = peek();
        begin = at;
        first = false;
        switch (next) {
            case '"' -> {
                string();
                token = JsonToken.VALUE_STRING;
            }
            case '{' -> open(true, JsonToken.START_OBJECT);
            case '[' -> open(false, JsonToken.START_ARRAY);
            default -> scalar();
        }
    }

    private void scalar() throws BadRecord {
        int i = at;
        while (i < end && !JsonGrammar.endsScalar(record[i])) {
            i++;
        }
        if (i == at || !JsonGrammar.isScalar(record, at, i)) {
            throw BadRecord.MALFORMED;
        }
        bytes = record;
        from = at;
        to = i;
        at = i;
        token = switch (record[from]) {
            case 't' -> JsonToken.VALUE_TRUE;
            case 'f' -> JsonToken.VALUE_FALSE;
            case 'n' -> JsonToken.VALUE_NULL;
            default -> JsonGrammar.isInteger(bytes, from, to) ? JsonToken.VALUE_NUMBER_INT : JsonToken.VALUE_NUMBER_FLOAT;
        };
    }

    /** Passes a text, from its opening quote on. */
    private void string() throws BadRecord {
        int text = at + 1;
        boolean escaped = false;
        for (int i = Words.endOfPlainText(record, text, end); i < end; i = Words.endOfPlainText(record, i, end)) {
            byte b = record[i];
            if (b == '"') {
                at = i + 1;
                take(text, i, escaped);
                return;
            }
            if (b != '\\') {
                break;
            }
            escaped = true;
            i += 2;
        }
        throw BadRecord.MALFORMED;
    }

    private void take(int first, int last, boolean escaped) throws BadRecord {
        bytes = record;
        from = first;
        to = last;
        if (escaped) {
            to = escapes.resolve(record, first, last);
            bytes = escapes.bytes();
            from = 0;
            if (to < 0) {
                throw BadRecord.MALFORMED;
            }
        }
    }

    /** The next byte that is no blank, -1 at the end. */
    private int peek() {
        while (at < end) {
            byte b = record[at];
            if (b > ' ' || !RecordReader.isBlank(b)) {
                return b & 255;
            }
            at++;
        }
        return -1;
    }
}
