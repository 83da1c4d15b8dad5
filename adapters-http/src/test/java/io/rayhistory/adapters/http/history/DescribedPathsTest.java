package io.rayhistory.adapters.http.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.rayhistory.adapters.filesystem.DirectoryObjectStore;
import io.rayhistory.adapters.json.JacksonAnswerCodec;
import io.rayhistory.adapters.json.JacksonEventCodec;
import io.rayhistory.application.read.HistoryReader;
import io.rayhistory.application.read.ReaderSettings;
import io.rayhistory.application.read.SessionEntry;
import io.rayhistory.application.read.StoredSession;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.Set;
import java.util.TreeSet;

import static org.junit.jupiter.api.Assertions.assertEquals;

class DescribedPathsTest {

    @Test
    void everyPathThatIsServedIsDescribedAndNoOther() throws IOException {
        Set<String> served = new TreeSet<>();
        try (HistoryReader reader = HistoryReader.open(new DirectoryObjectStore(Path.of("../samples/hello-session")),
                new JacksonEventCodec(), new JacksonAnswerCodec(), ReaderSettings.of("", InstantSource.system()));
             HistoryApi api = new HistoryApi(reader.sources(), new NoFrame(), InstantSource.system(), 1)) {
            Javalin.create(config -> api.register(config.routes).forEach(path -> served.add(path.replace('<', '{').replace('>', '}'))));
        }
        assertEquals(described(), served);
    }

    private static Set<String> described() throws IOException {
        Set<String> paths = new TreeSet<>();
        try (JsonParser in = new JsonFactory().createParser(HistoryApi.class.getResourceAsStream("openapi.json"))) {
            in.nextToken();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                boolean here = in.currentName().equals("paths");
                in.nextToken();
                while (here && in.nextToken() == JsonToken.FIELD_NAME) {
                    paths.add(in.currentName());
                    in.nextToken();
                    in.skipChildren();
                }
                in.skipChildren();
            }
        }
        return paths;
    }

    private static final class NoFrame implements Frame {
        @Override
        public SessionEntry find(Map<String, String> pathParams) {
            throw new AssertionError("nothing is asked");
        }

        @Override
        public String pathOf(SessionEntry entry, boolean tellOwner) {
            throw new AssertionError("nothing is asked");
        }

        @Override
        public UnaryOperator<List<SessionEntry>> visible(Context ctx) {
            throw new AssertionError("nothing is asked");
        }

        @Override
        public void answerProblems(Context ctx) {
            throw new AssertionError("nothing is asked");
        }

        @Override
        public boolean unchanged(Context ctx, StoredSession session) {
            throw new AssertionError("nothing is asked");
        }
    }
}
