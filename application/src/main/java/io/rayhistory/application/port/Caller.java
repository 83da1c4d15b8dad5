package io.rayhistory.application.port;

import java.util.List;
import java.util.Map;

/**
 * Somebody whom an authority vouches for. All fields are what that authority said and are passed on unchanged when it is
 * asked what they may do.
 *
 * @param name  user name, as in {@code alice} or {@code system:serviceaccount:ray-a:bot}
 * @param uid   may be empty
 * @param extra further attributes
 */
public record Caller(String name, String uid, List<String> groups, Map<String, List<String>> extra) {
    public Caller {
        groups = List.copyOf(groups);
        extra = Map.copyOf(extra);
    }
}
