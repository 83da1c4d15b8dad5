package io.rayhistory.adapters.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.rayhistory.domain.id.IdKind;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads protobuf's JSON member by member, lenient as protobuf's own reader: {@code null} is absent, numbers may be texts, enums
 * may be numbers. What cannot be the asked type is an {@link InvalidField}. Not thread-safe.
 */
final class FieldReader {
    private final SharedTexts shared;
    private final List<String> oddIds = new ArrayList<>();
    private Tokens at;
    private String field = "";

    FieldReader(SharedTexts shared) {
        this.shared = shared;
    }

    /** Goes to a record's first token. */
    void start(Tokens tokens) {
        at = tokens;
        field = "";
        oddIds.clear();
    }

    JsonToken token() {
        return at.token;
    }

    /** The current value as a parser of its own, for who copies it whatever it is. */
    JsonParser parser() throws IOException {
        return at.parser();
    }

    /** The members that held an id which is none. */
    List<String> oddIds() {
        return oddIds;
    }

    int depth() {
        return at.depth();
    }

    /** Leaves whatever was entered since this depth. */
    void leaveTo(int depth) throws IOException {
        at.leaveTo(depth);
    }

    /** Enters an object and goes to its first member's value; the member's name, {@code null} if there is none. */
    String open() throws IOException, InvalidField {
        JsonToken token = at.token;
        if (token == JsonToken.START_OBJECT) {
            return next();
        }
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        throw new InvalidField(field);
    }

    /** Goes to the next member's value; its name, {@code null} at the end of the object. */
    String next() throws IOException {
        String name = at.nextName();
        if (name != null) {
            field = name;
        }
        return name;
    }

    /** Enters an array and goes to its first element; false if there is none. */
    boolean openArray() throws IOException, InvalidField {
        JsonToken token = at.token;
        if (token == JsonToken.START_ARRAY) {
            return nextElement();
        }
        if (token == JsonToken.VALUE_NULL) {
            return false;
        }
        throw new InvalidField(field);
    }

    boolean nextElement() throws IOException {
        do {
            at.nextElement();
        } while (at.token == JsonToken.VALUE_NULL);
        return at.token != JsonToken.END_ARRAY;
    }

    void skip() throws IOException {
        at.skip();
    }

    boolean isNull() {
        return at.token == JsonToken.VALUE_NULL;
    }

    String text() throws IOException, InvalidField {
        return isText() ? shared.text(at.bytes, at.from, at.to) : "";
    }

    /** Text that hardly repeats: not looked up. */
    String ownText() throws IOException, InvalidField {
        return !isText() ? "" : at.to - at.from < 16 ? text() : at.text();
    }

    String id(IdKind kind) throws IOException, InvalidField {
        if (!isText()) {
            return "";
        }
        String id = shared.id(kind, at.bytes, at.from, at.to);
        if (shared.lastIdWasOdd()) {
            oddIds.add(field);
        }
        return id;
    }

    /** An id that does not repeat: not looked up, odd or not. */
    String ownId(IdKind kind) throws IOException, InvalidField {
        return isText() ? SharedTexts.normalized(kind, at.bytes, at.from, at.to) : "";
    }

    /** True if the current text was no id; one that had to be decoded is not looked at again. */
    boolean isOdd(IdKind kind, String id) {
        boolean decoded = id.length() == kind.hexLength() && at.to - at.from != id.length();
        return !decoded && !id.isEmpty() && !kind.isNormal(id);
    }

    long integer() throws IOException, InvalidField {
        if (!isText() || at.to == at.from) {
            return 0;
        }
        byte[] digits = at.bytes;
        boolean negative = digits[at.from] == '-';
        long value = 0;
        // Wraps on purpose: Ray says "not known" as 18446744073709551615, which is -1.
        for (int i = negative ? at.from + 1 : at.from; i < at.to; i++) {
            int digit = digits[i] - '0';
            if (digit < 0 || digit > 9 || at.to - at.from > 20) {
                return rounded(at.text());
            }
            value = value * 10 + digit;
        }
        return negative ? -value : value;
    }

    /** A number that went through a reader of doubles: {@code 1.0}, {@code 1.8446744073709552e19}. */
    private long rounded(String text) throws InvalidField {
        try {
            BigDecimal number = new BigDecimal(text);
            if (number.precision() - number.scale() > 20) {
                throw new InvalidField(field);
            }
            return number.doubleValue() >= 0x1p64 ? -1 : number.longValue();
        } catch (NumberFormatException e) {
            throw new InvalidField(field);
        }
    }

    int int32() throws IOException, InvalidField {
        return (int) integer();
    }

    double real() throws IOException, InvalidField {
        if (!isText() || at.to == at.from) {
            return 0;
        }
        try {
            return Double.parseDouble(at.text());
        } catch (NumberFormatException e) {
            throw new InvalidField(field);
        }
    }

    boolean bool() throws IOException, InvalidField {
        JsonToken token = at.token;
        return token == JsonToken.VALUE_TRUE || token != JsonToken.VALUE_FALSE && text().equals("true");
    }

    /** The name of an enum value; a number becomes its name, unknown ones stay as they came. */
    String name(String[] names) throws IOException, InvalidField {
        String text = text();
        return text.isEmpty() || text.charAt(0) > '9' ? text : EnumNames.of(names, text);
    }

    /** Nanoseconds since the epoch, 0 when absent. */
    long time() throws IOException, InvalidField {
        if (!isText() || at.to == at.from) {
            return 0;
        }
        long time = Timestamps.parse(at.bytes, at.from, at.to);
        if (time == Timestamps.BAD) {
            throw new InvalidField(field);
        }
        return time;
    }

    String require(String id, String name) throws InvalidField {
        if (id.isEmpty()) {
            throw new InvalidField(name);
        }
        return id;
    }

    private boolean isText() throws InvalidField {
        JsonToken token = at.token;
        if (token == JsonToken.VALUE_STRING) {
            return true;
        }
        if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
            throw new InvalidField(field);
        }
        return token != JsonToken.VALUE_NULL;
    }
}
