package io.rayhistory.adapters.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.rayhistory.adapters.http.history.HistoryApi;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class DescribedPathsTest {
    private static final String ROOT = "/history/v1";
    private static final Pattern NAMED = Pattern.compile("\\{(\\w+)}");

    @Test
    void everyPathThatIsServedIsDescribedAndNoOther() throws IOException {
        Set<String> served;
        try (SampleServer server = SampleServer.start(settings -> settings)) {
            served = server.server().paths().stream().filter(path -> path.startsWith(ROOT + "/"))
                    .map(path -> path.substring(ROOT.length()).replace('<', '{').replace('>', '}')).collect(Collectors.toCollection(TreeSet::new));
        }
        assertTrue(served.contains("/dashboard") && served.contains("/sessions"), () -> "these are not the server's paths: " + served);
        assertEquals(described().keySet(), served);
    }

    @Test
    void everyPlaceInAPathIsDescribedAsAParameter() throws IOException {
        for (Map.Entry<String, Set<String>> path : described().entrySet()) {
            Set<String> named = new TreeSet<>();
            Matcher places = NAMED.matcher(path.getKey());
            while (places.find()) {
                named.add(places.group(1));
            }
            assertEquals(named, path.getValue(), path.getKey());
        }
    }

    /** Paths, each with the names of its parameters that stand in the path. */
    private static Map<String, Set<String>> described() throws IOException {
        Map<String, Set<String>> paths = new TreeMap<>();
        try (JsonParser in = new JsonFactory().createParser(HistoryApi.class.getResourceAsStream("openapi.json"))) {
            in.nextToken();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                boolean here = in.currentName().equals("paths");
                in.nextToken();
                while (here && in.nextToken() == JsonToken.FIELD_NAME) {
                    paths.put(in.currentName(), parameters(in));
                }
                in.skipChildren();
            }
        }
        return paths;
    }

    /** Reads over one path's object. */
    private static Set<String> parameters(JsonParser in) throws IOException {
        Set<String> found = new TreeSet<>();
        String name = "";
        for (int depth = 0; ; ) {
            JsonToken token = in.nextToken();
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (depth == 0) {
                return found;
            }
            if (token == JsonToken.VALUE_STRING && "name".equals(in.currentName())) {
                name = in.getText();
            } else if (token == JsonToken.VALUE_STRING && "in".equals(in.currentName()) && in.getText().equals("path")) {
                found.add(name);
            }
        }
    }
}
