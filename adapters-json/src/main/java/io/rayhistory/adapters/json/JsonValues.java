package io.rayhistory.adapters.json;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Any value as text, {@code Long}, {@code Double}, boolean, list or map, field names in snake_case, nulls left out. */
final class JsonValues {
    /** Members whose keys are data, in both spellings. */
    private static final Set<String> DATA_MAPS = Set.of("metadata", "customFields", "custom_fields");

    private JsonValues() {
    }

    static Object read(FieldReader in) throws IOException, InvalidField {
        switch (in.token()) {
            case START_OBJECT:
                return object(in);
            case START_ARRAY:
                List<Object> list = new ArrayList<>();
                for (boolean more = in.openArray(); more; more = in.nextElement()) {
                    list.add(read(in));
                }
                return Collections.unmodifiableList(list);
            case VALUE_TRUE:
            case VALUE_FALSE:
                return in.bool();
            case VALUE_NUMBER_INT:
                return in.integer();
            case VALUE_NUMBER_FLOAT:
                return in.real();
            default:
                return in.text();
        }
    }

    static Map<String, Object> object(FieldReader in) throws IOException, InvalidField {
        Map<String, Object> map = new LinkedHashMap<>();
        for (String field = in.open(); field != null; field = in.next()) {
            if (in.isNull()) {
                continue;
            }
            map.put(SnakeCase.of(field), DATA_MAPS.contains(field) ? DataMaps.ofTexts(in) : read(in));
        }
        return Collections.unmodifiableMap(map);
    }
}
