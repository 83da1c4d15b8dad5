package io.rayhistory.adapters.http.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Parameters as a client sent them: {@code "limit=5&detail=1"}, undecoded. */
final class QueryString {

    private QueryString() {
    }

    static Function<String, List<String>> of(String query) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                values.computeIfAbsent(pair.substring(0, equals), name -> new ArrayList<>())
                        .add(pair.substring(equals + 1));
            }
        }
        return name -> values.getOrDefault(name, List.of());
    }
}
