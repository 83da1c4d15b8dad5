package io.rayhistory.adapters.http.history;

import io.javalin.http.Context;
import io.rayhistory.adapters.http.json.JsonAnswers;
import io.rayhistory.application.read.SessionEntry;
import io.rayhistory.application.read.SessionSources;
import io.rayhistory.application.read.SessionSummary;
import io.rayhistory.application.read.StoredSession;
import io.rayhistory.domain.failure.FailureReport;

import java.io.IOException;
import java.util.Optional;

/** One session: how far its load is, and what is known of it once it is loaded. */
final class SessionApi {
    private final SessionSources sources;
    private final Frame frame;
    private final SessionLoads loads;

    SessionApi(SessionSources sources, Frame frame, SessionLoads loads) {
        this.sources = sources;
        this.frame = frame;
        this.loads = loads;
    }

    void register(Requests requests) {
        requests.entry("", this::facts);
        requests.entry("/load", this::load);
    }

    private void load(Context ctx, SessionEntry entry) throws IOException {
        SessionLoads.State state = loads.start(entry, new Asked(ctx).flag("retry"));
        ctx.header("Cache-Control", "no-store");
        JsonAnswers.send(ctx, 200, out -> {
            out.writeStartObject();
            LoadJson.write(out, state);
            out.writeEndObject();
        });
    }

    private void facts(Context ctx, SessionEntry entry) throws IOException {
        SessionLoads.State state = loads.start(entry, false);
        Optional<StoredSession> session = sources.histories().loaded(entry);
        ctx.header("Cache-Control", "no-store");
        // The owner was asked for where it matters; told the same way, the path names the same session.
        String path = frame.pathOf(entry, ctx.pathParam("cluster").indexOf('@') >= 0);
        JsonAnswers.send(ctx, 200, out -> {
            Optional<FailureReport> report = session.map(sources.failures()::of);
            out.writeStartObject();
            out.writeObjectFieldStart("session");
            SessionRowJson.write(out, entry, path, session.isPresent(), sources.states().map(states -> states.of(entry)),
                    session.map(loaded -> SessionSummary.of(loaded, report.orElseThrow())));
            out.writeEndObject();
            LoadJson.write(out, state);
            if (session.isPresent()) {
                FactsJson.write(out, session.get(), report.orElseThrow());
            } else {
                out.writeNullField("facts");
            }
            out.writeObjectFieldStart("links");
            out.writeStringField("dashboard", "/s/" + path + "/");
            out.writeStringField("address", "/s/" + path);
            out.writeStringField("archive", Requests.ROOT + "/sessions/" + path + "/archive");
            out.writeStringField("trace", Requests.ROOT + "/sessions/" + path + "/timeline/trace");
            out.writeEndObject();
            out.writeEndObject();
        });
    }
}
