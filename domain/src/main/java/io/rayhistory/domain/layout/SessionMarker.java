package io.rayhistory.domain.layout;

import io.rayhistory.domain.id.SessionKey;

import java.util.List;

/** What the name of an object in a marker folder tells. The content of a marker is empty and never read. */
public sealed interface SessionMarker {

    /** The object's full name. */
    String objectName();

    /**
     * A session exists.
     *
     * @param folders where its data may lie, each with a trailing slash, most likely first. Made of the marker's own
     *                text, not of the parsed names, so that foreign names work too
     */
    record Sound(String objectName, SessionKey session, List<String> folders) implements SessionMarker {
        public Sound {
            folders = List.copyOf(folders);
        }
    }

    /** No marker, though it lies where markers lie; {@code reason} says what was expected. */
    record Damaged(String objectName, String reason) implements SessionMarker {
    }
}
