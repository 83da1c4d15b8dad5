package io.rayhistory.adapters.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.http.Context;
import io.rayhistory.application.port.LiveCluster;
import io.rayhistory.application.read.SessionEntry;
import io.rayhistory.application.read.SessionState;
import io.rayhistory.application.read.SessionStates;
import io.rayhistory.domain.id.ClusterRef;
import io.rayhistory.domain.id.OwnerKind;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What answers say about whether sessions still run; nothing, where nobody asked to know. Thread-safe. */
final class StateAnswers {
    private static final String HEADER = "X-Ray-History-State";

    private final Optional<SessionStates> states;

    /** A session of a list. @param state empty where nobody asked to know */
    record Stated(SessionEntry entry, Optional<SessionState> state) {

        void writeState(JsonGenerator out) throws IOException {
            if (state.isPresent()) {
                out.writeStringField("state", state.get().phase().text());
                out.writeStringField("stateReason", state.get().code());
                out.writeStringField("stateText", state.get().text());
                out.writeStringField("stateAsOf", state.get().asOf().toString());
            }
        }
    }

    StateAnswers(Optional<SessionStates> states) {
        this.states = states;
    }

    /** @param newestFirst a whole listing */
    List<Stated> of(List<SessionEntry> newestFirst) {
        Optional<List<SessionState>> all = states.map(known -> known.of(newestFirst));
        return IntStream.range(0, newestFirst.size())
                .mapToObj(i -> new Stated(newestFirst.get(i), all.map(each -> each.get(i)))).toList();
    }

    /** The clusters that exist now. */
    List<LiveCluster> live() {
        return states.map(known -> known.clusters().list().clusters()).orElse(List.of());
    }

    /** Tells whoever reads a session that may still change. */
    void mark(Context ctx, SessionEntry session) {
        states.map(known -> known.glance(session)).filter(state -> state.phase() != SessionState.Phase.ENDED)
                .ifPresent(state -> ctx.header(HEADER, state.phase().text() + "; reason=" + state.code()));
    }

    /** A cluster that exists, as the Go history server lists it. */
    static void writeLive(JsonGenerator out, LiveCluster cluster) throws IOException {
        ClusterRef ref = cluster.cluster();
        out.writeStartObject();
        out.writeStringField("name", ref.name());
        out.writeStringField("namespace", ref.namespace());
        out.writeStringField("sessionName", "live");
        out.writeStringField("createTime", cluster.createdAt().toString());
        out.writeNumberField("createTimeStamp", cluster.createdAt().getEpochSecond());
        writeOwner(out, ref);
        out.writeEndObject();
    }

    static void writeOwner(JsonGenerator out, ClusterRef cluster) throws IOException {
        if (cluster.ownerKind() != OwnerKind.RAYCLUSTER) {
            out.writeStringField("ownerKind", cluster.ownerKind() == OwnerKind.RAYJOB ? "RayJob" : "RayService");
            out.writeStringField("ownerName", cluster.ownerName());
        }
    }
}
