package io.rayhistory.adapters.json;

import java.io.IOException;
import java.util.Arrays;

/**
 * Finds the end of one JSON value, copying it without the blanks between its tokens, checking its grammar and remembering
 * the {@linkplain EventMembers members} that matter, all in one pass over the bytes. A value with an error is still read
 * to its end, by its brackets alone, so that it costs no other. Not thread-safe.
 *
 * <p>Why not Jackson: tokens are looked at and thrown away here, and the copy has to be the bytes as sent. 89 MB of Ray's posts
 * cost 145 ms of CPU when warm and 320 cold, copy included; Jackson's tokens alone, without a copy, 175 to 200 and 365 (JDK 17).
 */
final class EventScan {
    private static final int MAX_NESTING = JsonLimits.DEFAULT.maxNesting();
    /** True for the bytes at which the plain part of a text ends. */
    private static final boolean[] ENDS_TEXT = new boolean[256];

    static {
        Arrays.fill(ENDS_TEXT, 0, ' ', true);
        "\"\\".chars().forEach(c -> ENDS_TEXT[c] = true);
    }

    /** What may come next in a value that is well-formed so far. */
    private enum Next { VALUE, FIRST_VALUE, NAME, FIRST_NAME, COLON, COMMA }

    private final BodySource source;
    private final EventBytes out;
    private final EventMembers members;
    private final boolean[] inObject = new boolean[MAX_NESTING + 1];
    /** The bytes of the piece from here to {@code source.at} are part of the value and not yet copied. */
    private int uncopied;
    private int depth;
    private Next next;
    /** Whether a line end is the end of a damaged value. */
    private boolean lines;
    private boolean ended;
    private String damage;

    EventScan(BodySource source, EventBytes out, EventMembers members) {
        this.source = source;
        this.out = out;
        this.members = members;
    }

    /** What is wrong with the value that was read, {@code ""} if it is well-formed. */
    String damage() {
        return damage;
    }

    /**
     * Reads a value from its first byte on. False if the body ends before the value does.
     *
     * @param lines true outside of an array: a value with an error then ends with its line
     */
    boolean read(boolean lines) throws IOException {
        this.lines = lines;
        depth = 0;
        next = Next.VALUE;
        ended = false;
        damage = "";
        out.clear();
        members.clear();
        out.reserve(source.end - source.at);
        uncopied = source.at;
        while (!ended) {
            if (source.at == source.end && !refill()) {
                copy();
                return lines && !damage.isEmpty();
            }
            token(source.bytes[source.at]);
        }
        copy();
        return true;
    }

    private boolean refill() throws IOException {
        copy();
        boolean filled = source.fill();
        uncopied = 0;
        out.reserve(source.end);
        return filled;
    }

    private void copy() {
        int count = source.at - uncopied;
        System.arraycopy(source.bytes, uncopied, out.bytes, out.length, count);
        out.length += count;
        uncopied = source.at;
    }

    /** Where in the copy the next byte is going to be. */
    private int position() {
        return out.length + source.at - uncopied;
    }

    private void blank() {
        copy();
        source.at++;
        uncopied = source.at;
    }

    private void token(byte b) throws IOException {
        switch (b) {
            case ' ', '\t', '\r' -> blank();
            case '\n' -> {
                blank();
                ended = lines && !damage.isEmpty();
            }
            case '"' -> text();
            case '{' -> open(b, true);
            case '[' -> open(b, false);
            case '}' -> close(b, true, Next.FIRST_NAME);
            case ']' -> close(b, false, Next.FIRST_VALUE);
            case ':' -> {
                expect(next == Next.COLON);
                source.at++;
                next = Next.VALUE;
            }
            case ',' -> {
                expect(next == Next.COMMA && depth > 0);
                source.at++;
                next = depth > 0 && depth <= MAX_NESTING && inObject[depth] ? Next.NAME : Next.VALUE;
            }
            default -> scalar();
        }
    }

    private void expect(boolean fulfilled) {
        if (!fulfilled) {
            damaged("malformed JSON");
        }
    }

    private void damaged(String reason) {
        if (damage.isEmpty()) {
            damage = reason;
        }
    }

    private boolean wantsValue() {
        return next == Next.VALUE || next == Next.FIRST_VALUE;
    }

    private void open(byte b, boolean object) {
        expect(wantsValue());
        depth++;
        if (depth > MAX_NESTING) {
            damaged("nested deeper than " + MAX_NESTING);
        } else {
            inObject[depth] = object;
        }
        source.at++;
        next = object ? Next.FIRST_NAME : Next.FIRST_VALUE;
    }

    private void close(byte b, boolean object, Next whenEmpty) {
        expect((next == Next.COMMA || next == whenEmpty) && depth > 0 && depth <= MAX_NESTING && inObject[depth] == object);
        source.at++;
        depth = Math.max(0, depth - 1);
        valueEnds();
    }

    private void valueEnds() {
        next = Next.COMMA;
        // A damaged line goes on to its end, or what stands behind a stray bracket would count as another event.
        ended = depth == 0 && !(lines && !damage.isEmpty());
    }

    private void text() throws IOException {
        boolean name = next == Next.NAME || next == Next.FIRST_NAME;
        expect(name || wantsValue());
        source.at++;
        int from = position();
        boolean escaped = false;
        for (int stop = plainText(); stop != '"'; stop = plainText()) {
            if (stop < 0) {
                return;
            }
            if (stop == '\n' && lines) {
                damaged("malformed JSON");
                return;
            }
            if (stop == '\\') {
                escaped = true;
                source.at++;
                if (source.at == source.end && !refill()) {
                    return;
                }
                if (source.bytes[source.at] >= 0 && source.bytes[source.at] < ' ') {
                    continue;
                }
            } else {
                damaged("control character in a text");
                source.bytes[source.at] = ' ';
            }
            source.at++;
        }
        int to = position();
        source.at++;
        boolean watched = members.watches(depth);
        if (escaped || watched) {
            copy();
            expect(!escaped || out.isOversize() || JsonGrammar.areEscapes(out.bytes, from, to));
            watched &= damage.isEmpty() && !out.isOversize();
        }
        if (name) {
            next = Next.COLON;
            if (watched) {
                members.name(depth, out.bytes, from, to, escaped);
            }
            return;
        }
        if (watched) {
            members.text(depth, out.bytes, from, to, escaped);
        }
        valueEnds();
    }

    /** Goes to the next quote, backslash or control character and answers it; -1 at the end of the body. */
    private int plainText() throws IOException {
        do {
            byte[] in = source.bytes;
            int end = source.end;
            int i = source.at;
            while (i < end && !ENDS_TEXT[in[i] & 255]) {
                i++;
            }
            source.at = i;
            if (i < end) {
                return in[i];
            }
        } while (refill());
        return -1;
    }

    private void scalar() throws IOException {
        expect(wantsValue());
        int from = position();
        do {
            while (source.at < source.end && !JsonGrammar.endsScalar(source.bytes[source.at])) {
                source.at++;
            }
        } while (source.at == source.end && refill());
        scalarEnds(from);
    }

    private void scalarEnds(int from) {
        copy();
        if (out.isOversize() || !JsonGrammar.isScalar(out.bytes, from, out.length)) {
            damaged("malformed JSON");
        } else if (members.watches(depth) && damage.isEmpty()) {
            members.number(depth, out.bytes, from, out.length);
        }
        valueEnds();
    }
}
