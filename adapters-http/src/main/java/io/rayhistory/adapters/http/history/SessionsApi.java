package io.rayhistory.adapters.http.history;

import io.javalin.http.Context;
import io.rayhistory.adapters.http.json.JsonAnswers;
import io.rayhistory.application.read.SessionCatalog;
import io.rayhistory.application.read.SessionDirectory;
import io.rayhistory.application.read.SessionDirectory.SortField;
import io.rayhistory.application.read.SessionSources;
import io.rayhistory.domain.failure.Outcome;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The list of stored sessions. */
final class SessionsApi {
    private static final Map<String, SortField> SORTS = new LinkedHashMap<>();

    static {
        SORTS.put("start", SortField.START);
        SORTS.put("recordEnd", SortField.RECORD_END);
        for (SortField field : SortField.values()) {
            if (field != SortField.RECORD_END) {
                SORTS.put(field.name().toLowerCase(Locale.ROOT), field);
            }
        }
    }

    private final SessionSources sources;
    private final Frame frame;

    SessionsApi(SessionSources sources, Frame frame) {
        this.sources = sources;
        this.frame = frame;
    }

    void register(Requests requests) {
        requests.get("/sessions", this::list);
    }

    private void list(Context ctx) throws IOException {
        Asked asked = new Asked(ctx);
        Asked.Sort sort = asked.sort("-start", List.copyOf(SORTS.keySet()));
        SessionDirectory.Page page = sources.directory().list(new SessionDirectory.Query(asked.text("q"), asked.text("ns"),
                outcomes(asked), asked.instant("from", Instant.MIN), asked.instant("to", Instant.MAX),
                SORTS.get(sort.field()), sort.descending(), asked.limit(), asked.cursor()),
                frame.visible(ctx));
        ctx.header("Cache-Control", "no-cache");
        JsonAnswers.send(ctx, 200, out -> {
            out.writeStartObject();
            out.writeArrayFieldStart("rows");
            for (SessionDirectory.Row row : page.rows()) {
                out.writeStartObject();
                SessionRowJson.write(out, row.entry(), frame.pathOf(row.entry(), row.ambiguous()),
                        sources.histories().loaded(row.entry()).isPresent(),
                        sources.states().map(states -> states.glance(row.entry())), row.summary());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeNumberField("first", page.first());
            out.writeNumberField("total", page.total());
            out.writeNumberField("all", page.stored());
            out.writeStringField("nextCursor", page.nextCursor());
            Out.texts(out, "namespaces", page.namespaces());
            out.writeArrayFieldStart("damaged");
            for (SessionCatalog.DamagedEntry damaged : page.damaged()) {
                out.writeStartObject();
                out.writeStringField("object", damaged.objectName());
                out.writeStringField("reason", damaged.reason());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeStringField("store", sources.catalog().describe());
            out.writeEndObject();
        });
    }

    private static Set<Outcome> outcomes(Asked asked) {
        Set<Outcome> outcomes = EnumSet.noneOf(Outcome.class);
        for (String word : asked.words("outcome")) {
            outcomes.add(Arrays.stream(Outcome.values()).filter(each -> each.name().equalsIgnoreCase(word)).findFirst()
                    .orElseThrow(() -> Asked.wrong("outcome", word, "failed, recovered, open or succeeded")));
        }
        return outcomes;
    }
}
