package io.rayhistory.adapters.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A walk over JSON, value by value. Stands on a value, whose {@link #token} is never a name; a text, a number or a word
 * is the bytes from {@link #from} to {@link #to}, its escapes resolved. Not thread-safe.
 */
abstract class Tokens {
    JsonToken token;
    byte[] bytes;
    int from;
    int to;

    /** Goes to the next member's value; its name, {@code null} at the end of the object. */
    abstract String nextName() throws IOException;

    /** Goes to the next element of an array; the token is then END_ARRAY if there is none. */
    abstract void nextElement() throws IOException;

    /** Goes to the end of the object or array it stands on the begin of; stays on any other value. */
    abstract void skip() throws IOException;

    /** How many objects and arrays are open. */
    abstract int depth();

    /** Leaves whatever was entered since this depth. */
    abstract void leaveTo(int depth) throws IOException;

    /** The current value for who wants all of it, with a parser that ends on its last token; it is then skipped. */
    abstract JsonParser parser() throws IOException;

    /** The text, number or word as a text of its own. */
    final String text() {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}
