package io.rayhistory.domain.history;

import io.rayhistory.domain.event.ActorDeathCause;
import io.rayhistory.domain.event.ActorState;
import io.rayhistory.domain.event.EventEnvelope;
import io.rayhistory.domain.event.PlatformEvent;

/** All rows but the task attempts as values and back. Fields stand in the order of their records. */
final class EntitiesImage {
    private static final Provenance[] PROVENANCES = Provenance.values();
    private static final ActorState[] ACTOR_STATES = ActorState.values();

    private EntitiesImage() {
    }

    static void write(SessionHistory history, ImageWriter out) {
        out.list(history.actors(), EntitiesImage::actor).list(history.nodes(), EntitiesImage::node)
                .list(history.workers(), EntitiesImage::worker).list(history.jobs(), EntitiesImage::job)
                .list(history.placementGroups(), EntitiesImage::group)
                .list(history.logEvents(), EntitiesImage::logEvent)
                .list(history.platformEvents(), EntitiesImage::platformEvent);
    }

    static SessionHistory.Entities read(ImageReader in) {
        return new SessionHistory.Entities(in.list(EntitiesImage::actor), in.list(EntitiesImage::node),
                in.list(EntitiesImage::worker), in.list(EntitiesImage::job), in.list(EntitiesImage::group),
                in.list(EntitiesImage::logEvent), in.list(EntitiesImage::platformEvent));
    }

    private static void actor(ImageWriter out, Actor a) {
        out.text(a.actorId()).text(a.jobId()).text(a.name()).text(a.className()).word(a.state()).text(a.nodeId())
                .text(a.workerId()).text(a.ipAddress()).number(a.pid()).number(a.port()).text(a.rayNamespace())
                .text(a.serializedRuntimeEnv()).reals(a.requiredResources())
                .optional(a.deathCause(), (w, cause) -> w.text(cause.kind()).map(cause.fields(), ImageWriter::any))
                .flag(a.detached()).text(a.placementGroupId()).text(a.reprName()).number(a.restarts())
                .number(a.restartsDueToLineageReconstruction()).number(a.restartsDueToNodePreemption())
                .text(a.callSite()).texts(a.labelSelector()).number(a.startTimeMs()).number(a.endTimeMs())
                .number(a.lastTransitionNs()).list(a.incarnations(), EntitiesImage::placement).word(a.provenance());
    }

    private static Actor actor(ImageReader in) {
        return new Actor(in.text(), in.text(), in.text(), in.text(), in.word(ACTOR_STATES), in.text(), in.text(),
                in.text(), in.number(), in.whole(), in.text(), in.text(), in.reals(),
                in.optional(r -> new ActorDeathCause(r.text(), r.map(ImageReader::any))), in.flag(), in.text(),
                in.text(), in.whole(), in.whole(), in.whole(), in.text(), in.texts(), in.number(), in.number(),
                in.number(), in.list(EntitiesImage::placement), in.word(PROVENANCES));
    }

    private static void placement(ImageWriter out, ActorPlacement p) {
        out.number(p.timeNs()).text(p.nodeId()).text(p.workerId()).number(p.pid()).number(p.port());
    }

    private static ActorPlacement placement(ImageReader in) {
        return new ActorPlacement(in.number(), in.text(), in.text(), in.number(), in.whole());
    }

    private static void node(ImageWriter out, Node n) {
        out.text(n.nodeId()).text(n.ipAddress()).text(n.hostname()).text(n.nodeName()).text(n.instanceId())
                .text(n.instanceTypeName()).texts(n.labels()).flag(n.head()).text(n.state()).text(n.stateMessage())
                .reals(n.resourcesTotal()).number(n.startTimeMs()).number(n.endTimeMs()).number(n.lastTransitionNs())
                .word(n.provenance()).text(n.inferredFrom());
    }

    private static Node node(ImageReader in) {
        return new Node(in.text(), in.text(), in.text(), in.text(), in.text(), in.text(), in.texts(), in.flag(),
                in.text(), in.text(), in.reals(), in.number(), in.number(), in.number(), in.word(PROVENANCES),
                in.text());
    }

    private static void worker(ImageWriter out, Worker w) {
        out.text(w.workerId()).text(w.jobId()).text(w.type()).flag(w.alive()).text(w.exitType()).text(w.exitDetail())
                .text(w.nodeId()).text(w.ipAddress()).number(w.pid()).number(w.launchTimeMs())
                .number(w.launchedTimeMs()).number(w.startTimeMs()).number(w.endTimeMs()).word(w.provenance());
    }

    private static Worker worker(ImageReader in) {
        return new Worker(in.text(), in.text(), in.text(), in.flag(), in.text(), in.text(), in.text(), in.text(),
                in.number(), in.number(), in.number(), in.number(), in.number(), in.word(PROVENANCES));
    }

    private static void job(ImageWriter out, Job j) {
        out.flag(j.submission()).text(j.jobId()).text(j.submissionId())
                .optional(j.driver(), (w, d) -> w.text(d.jobId()).text(d.nodeIpAddress()).number(d.pid()))
                .text(j.status()).text(j.entrypoint()).text(j.message()).text(j.errorType()).number(j.startTimeMs())
                .number(j.endTimeMs()).texts(j.metadata()).text(j.serializedRuntimeEnv())
                .text(j.driverAgentHttpAddress()).text(j.driverNodeId())
                .optional(j.driverExitCode(), (w, code) -> w.number(code)).word(j.provenance());
    }

    private static Job job(ImageReader in) {
        return new Job(in.flag(), in.text(), in.text(),
                in.optional(r -> new Job.Driver(r.text(), r.text(), r.number())), in.text(), in.text(), in.text(),
                in.text(), in.number(), in.number(), in.texts(), in.text(), in.text(), in.text(),
                in.optional(ImageReader::whole), in.word(PROVENANCES));
    }

    private static void group(ImageWriter out, PlacementGroup g) {
        out.text(g.placementGroupId()).text(g.name()).text(g.creatorJobId()).text(g.state())
                .list(g.bundles(), EntitiesImage::bundle).flag(g.detached()).optional(g.stats(), EntitiesImage::stats);
    }

    private static PlacementGroup group(ImageReader in) {
        return new PlacementGroup(in.text(), in.text(), in.text(), in.text(), in.list(EntitiesImage::bundle),
                in.flag(), in.optional(EntitiesImage::stats));
    }

    private static void bundle(ImageWriter out, PlacementGroup.Bundle b) {
        out.number(b.index()).reals(b.unitResources()).text(b.nodeId()).texts(b.labelSelector());
    }

    private static PlacementGroup.Bundle bundle(ImageReader in) {
        return new PlacementGroup.Bundle(in.whole(), in.reals(), in.text(), in.texts());
    }

    private static void stats(ImageWriter out, PlacementGroup.Stats s) {
        out.number(s.creationRequestReceivedNs()).number(s.schedulingStartedTimeNs()).number(s.schedulingLatencyUs())
                .number(s.endToEndCreationLatencyUs()).number(s.schedulingAttempt()).text(s.schedulingState())
                .real(s.highestRetryDelayMs());
    }

    private static PlacementGroup.Stats stats(ImageReader in) {
        return new PlacementGroup.Stats(in.number(), in.number(), in.number(), in.number(), in.whole(), in.text(),
                in.real());
    }

    private static void logEvent(ImageWriter out, LogEvent e) {
        out.text(e.eventId()).number(e.timeSeconds()).text(e.severity()).text(e.sourceType()).text(e.label())
                .text(e.message()).text(e.jobId()).text(e.submissionId()).text(e.hostname()).text(e.pid())
                .text(e.json());
    }

    private static LogEvent logEvent(ImageReader in) {
        return new LogEvent(in.text(), in.number(), in.text(), in.text(), in.text(), in.text(), in.text(), in.text(),
                in.text(), in.text(), in.text());
    }

    private static void platformEvent(ImageWriter out, PlatformEvent p) {
        EventEnvelope e = p.envelope();
        out.text(e.eventId()).text(e.sourceType()).number(e.timeNs()).text(e.severity()).text(e.sessionName())
                .text(e.nodeId()).text(e.message()).map(p.payload(), ImageWriter::any).number(p.count());
    }

    private static PlatformEvent platformEvent(ImageReader in) {
        return new PlatformEvent(new EventEnvelope(in.text(), in.text(), in.number(), in.text(), in.text(), in.text(),
                in.text()), in.map(ImageReader::any), in.number());
    }
}
