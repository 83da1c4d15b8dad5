package io.rayhistory.domain.query;

import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.event.ActorState;
import io.rayhistory.domain.history.Actor;
import io.rayhistory.domain.history.Job;
import io.rayhistory.domain.history.Provenance;
import io.rayhistory.domain.id.IdKind;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Lists and counts actors. Ray's source filters them too, but counts those it leaves out in all its totals. */
final class ActorList {
    private static final Columns<Actor> COLUMNS = Columns.<Actor>builder()
            .text("actor_id", Actor::actorId)
            .text("class_name", Actor::className)
            .text("state", actor -> actor.state().name())
            .text("job_id", Actor::jobId)
            .text("name", Actor::name)
            .textOrNull("node_id", Actor::nodeId)
            .number("pid", Actor::pid)
            .text("ray_namespace", Actor::rayNamespace)
            .textOrNull("placement_group_id", Actor::placementGroupId)
            .text("repr_name", Actor::reprName)
            .build();
    private static final Listing<Actor> LISTING = new Listing<>("actor", COLUMNS, Actor::lastTransitionNs,
            actor -> actor.provenance() == Provenance.UNFINISHED);

    private ActorList() {
    }

    /**
     * @param actors sorted by id
     * @param jobs   finds a job by its own or by its submission's id
     */
    static Page<Actor> page(List<Actor> actors, List<Filter> filters, int limit, long recordEndNs,
                            Function<String, Optional<Job>> jobs) {
        return LISTING.page(actors.size(), actors, checked(filters, jobs), limit, recordEndNs);
    }

    static ActorSummary summary(List<Actor> actors, List<Filter> filters, long recordEndNs,
                                Function<String, Optional<Job>> jobs) {
        Page<Actor> page = page(actors, filters, SessionQueries.SOURCE_LIMIT, recordEndNs, jobs);
        Map<String, Map<ActorState, Integer>> byClass = new LinkedHashMap<>();
        for (Actor actor : page.rows()) {
            byClass.computeIfAbsent(actor.className(), name -> new LinkedHashMap<>())
                    .merge(actor.state(), 1, Integer::sum);
        }
        return new ActorSummary(page, byClass);
    }

    /** Only filters for equality reach Ray's source, which takes nothing but hex ids and known states. */
    private static List<Filter> checked(List<Filter> filters, Function<String, Optional<Job>> jobs) {
        List<Filter> checked = new ArrayList<>(filters.size());
        for (Filter filter : filters) {
            if (filter.column().equals("job_id")) {
                checked.add(SourceIds.job(filter, jobs));
                continue;
            }
            if (filter.equal() && filter.column().equals("actor_id")) {
                SourceIds.hex(IdKind.ACTOR, filter.value());
            }
            if (filter.equal() && filter.column().equals("state")) {
                String state = filter.value().toUpperCase(Locale.ROOT);
                if (Stream.of(ActorState.values()).noneMatch(known -> known.name().equals(state))) {
                    throw HistoryException.invalid("Invalid actor state for filtering: " + state);
                }
            }
            checked.add(filter);
        }
        return checked;
    }
}
