package io.rayhistory.domain.history;

import io.rayhistory.domain.event.PlatformEvent;
import io.rayhistory.domain.event.RayEvent;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Folds everything stored of one session into a {@link SessionHistory}. The result is a function of the set of things
 * added: any order, any repeats, any split into files give the same history. No clock is asked.
 *
 * <p>Add everything, then {@link #freeze}. Not thread-safe; but as long as nothing else is added, events may be added on
 * several threads, each to a {@link #part} of its own.
 */
public final class Replay {
    private final String sessionName;
    private final EventIntake events = new EventIntake();
    private final LogEventFacts logEvents = new LogEventFacts();
    private final LogFiles logFiles = new LogFiles();
    private final List<SubmissionTrace> submissions = new ArrayList<>();
    private final List<PlacementGroup> storedGroups = new ArrayList<>();
    private final Set<String> seenIds = new HashSet<>();
    private final List<ReplayPart> parts = new ArrayList<>();
    private long duplicates;

    public Replay(String sessionName) {
        this.sessionName = sessionName;
    }

    /** For one other thread; whatever is added to it belongs to this replay once that thread is done. */
    public ReplayPart part() {
        ReplayPart part = new ReplayPart(events.part());
        parts.add(part);
        return part;
    }

    private void absorbParts() {
        for (ReplayPart part : parts) {
            events.absorb(part.tasks);
            part.others.forEach(this::add);
        }
        parts.clear();
    }

    /** Takes an event of this session; the same event again is counted and changes nothing. */
    public void add(RayEvent event) {
        String id = event.envelope().eventId();
        boolean remember = !EventIntake.isAboutTask(event) && !(event instanceof PlatformEvent) && !id.isEmpty();
        if (remember && !seenIds.add(id)) {
            duplicates++;
            return;
        }
        events.take(event);
    }

    /** Takes a line of a log-event file. */
    public void add(LogEvent event) {
        logEvents.add(event);
    }

    /** Takes the name of a stored log file. */
    public void add(LogFile file) {
        logFiles.add(file);
    }

    /** Takes what log files tell about a submitted job. */
    public void add(SubmissionTrace trace) {
        submissions.add(trace);
    }

    /** Takes a name that a worker printed; see {@link #freeze} for when to look for one. */
    public void add(PrintedName name) {
        events.tasks.name(name);
    }

    /** Takes a row of a stored dashboard answer. */
    public void add(PlacementGroup stored) {
        storedGroups.add(stored);
    }

    /** Events that came more than once. */
    public long duplicates() {
        return duplicates + events.tasks.duplicates();
    }

    /**
     * Decides everything that could not be decided event by event. More may be added afterwards and the replay frozen
     * again, for things that are worth looking for only where the first history has gaps.
     */
    public SessionHistory freeze() {
        absorbParts();
        Map<String, String> ips = new TreeMap<>(events.actors.nodeIpsSeen());
        events.nodeIps.forEach((id, ip) -> ips.merge(id, ip, (a, b) -> a.isEmpty() ? b : a));
        Set<String> nodesSeen = new TreeSet<>(events.nodesSeen);
        nodesSeen.addAll(ips.keySet());
        nodesSeen.addAll(events.workers.nodeIdsSeen());
        List<Node> nodes = NodeOrder.headFirst(events.nodes.fold(nodesSeen, ips));
        Map<String, Node> nodesById = new HashMap<>();
        nodes.forEach(node -> nodesById.put(node.nodeId(), node));

        TaskAssembly tasks = new TaskAssembly(events.tasks, new Ends(nodes), events.firstNs());
        List<Actor> actors = events.actors.fold(nodesById, tasks, logFiles);
        List<Worker> workers = events.workers.fold(nodesById, events.jobs, logFiles, tasks);
        List<LogEvent> logged = logEvents.fold();
        List<Job> jobs = events.jobs.fold(nodesById, events.actors.supervisors(), submissions, logged,
                events.lastNs());
        SessionHistory.Entities entities = new SessionHistory.Entities(actors, nodes, workers, jobs,
                events.placementGroups.fold(storedGroups), logged, events.platform.fold());
        Map<String, Long> hidden = new LinkedHashMap<>();
        tasks.hidden().forEach((why, n) -> hidden.put(why.name().toLowerCase(Locale.ROOT), n));
        return new SessionHistory(sessionName, events.lastNs(), tasks.table(), entities, hidden);
    }

    /** What the other facts tell the task attempts. */
    private final class Ends implements ClusterEnds {
        private final Map<String, String> idsByIp = new HashMap<>();

        private Ends(List<Node> nodes) {
            nodes.stream().sorted(Comparator.comparingLong(Node::startTimeMs))
                    .forEach(node -> idsByIp.put(node.ipAddress(), node.nodeId()));
        }

        @Override
        public Optional<WorkerDeath> workerDeath(String workerId) {
            return events.workers.death(workerId);
        }

        @Override
        public long jobFinishedNs(String jobId) {
            return events.jobs.finishedNs(jobId);
        }

        @Override
        public long nodeDeathNs(String nodeId) {
            return events.nodes.deathNs(nodeId);
        }

        @Override
        public boolean actorExists(String actorId) {
            return events.actors.exists(actorId);
        }

        @Override
        public String driverNodeId(String jobId) {
            return events.jobs.definition(jobId).map(d -> d.driverNodeId()).orElse("");
        }

        @Override
        public String nodeIdOfIp(String ip) {
            return idsByIp.getOrDefault(ip, "");
        }
    }
}
