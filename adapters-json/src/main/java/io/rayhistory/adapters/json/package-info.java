/** Reads Ray's JSON: event files, log events, stored dashboard answers. Streaming with jackson-core alone. */
package io.rayhistory.adapters.json;
