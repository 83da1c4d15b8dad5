package io.rayhistory.adapters.json;

import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Maps whose keys are the user's data: they keep their spelling in every dialect. Unmodifiable, in the order sent. */
final class DataMaps {
    private DataMaps() {
    }

    static Map<String, Double> ofNumbers(FieldReader in) throws IOException, InvalidField {
        String key = in.open();
        if (key == null) {
            return Map.of();
        }
        Map<String, Double> map = new LinkedHashMap<>();
        for (; key != null; key = in.next()) {
            if (!in.isNull()) {
                map.put(key, in.real());
            }
        }
        return Collections.unmodifiableMap(map);
    }

    static Map<String, String> ofTexts(FieldReader in) throws IOException, InvalidField {
        String key = in.open();
        if (key == null) {
            return Map.of();
        }
        Map<String, String> map = new LinkedHashMap<>();
        for (; key != null; key = in.next()) {
            map.put(key, in.text());
        }
        return Collections.unmodifiableMap(map);
    }
}
