package io.rayhistory.adapters.http.json;

import com.fasterxml.jackson.core.JsonGenerator;

import java.io.IOException;

/** Writes JSON where it is told to. */
@FunctionalInterface
public interface JsonBody {
    void write(JsonGenerator out) throws IOException;
}
