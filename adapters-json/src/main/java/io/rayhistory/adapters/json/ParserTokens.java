package io.rayhistory.adapters.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Walks what a Jackson parser reads from a stream: for answers, which are single values of any size. */
final class ParserTokens extends Tokens {
    private static final byte[] NOTHING = {};

    private final JsonParser parser;

    /** Begins on the parser's current token. */
    ParserTokens(JsonParser parser) throws IOException {
        this.parser = parser;
        take(parser.currentToken());
    }

    private void take(JsonToken current) throws IOException {
        token = current;
        bytes = current != null && current.isScalarValue() ? parser.getText().getBytes(StandardCharsets.UTF_8) : NOTHING;
        to = bytes.length;
    }

    @Override
    String nextName() throws IOException {
        String name = parser.nextFieldName();
        take(name == null ? parser.currentToken() : parser.nextToken());
        return name;
    }

    @Override
    void nextElement() throws IOException {
        take(parser.nextToken());
    }

    @Override
    void skip() throws IOException {
        parser.skipChildren();
    }

    @Override
    int depth() {
        return parser.getParsingContext().getNestingDepth();
    }

    @Override
    void leaveTo(int depth) throws IOException {
        while (depth() > depth) {
            take(parser.nextToken());
        }
    }

    @Override
    JsonParser parser() {
        return parser;
    }
}
