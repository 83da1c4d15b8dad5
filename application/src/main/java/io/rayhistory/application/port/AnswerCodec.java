package io.rayhistory.application.port;

import io.rayhistory.domain.history.PlacementGroup;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/** Reads stored dashboard answers. Thread-safe. Broken JSON is CORRUPT, with the reason. */
public interface AnswerCodec {

    /** The rows of a stored {@code /api/v0/placement_groups?detail=1} answer. */
    List<PlacementGroup> placementGroups(InputStream answer) throws IOException;

    /**
     * The scalar members of an object as text, those of {@code data} first if there is one: {@code rayVersion} of
     * {@code cluster_metadata}, {@code offset} and {@code value} of {@code timezone}. Members that are null are left out.
     */
    Map<String, String> fields(InputStream answer) throws IOException;
}
