package io.rayhistory.application.read;

import io.rayhistory.application.port.EventCodec;
import io.rayhistory.application.port.EventCodec.Damage;
import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.application.read.SubmissionFiles.Stored;
import io.rayhistory.application.read.SubmissionLogs.Start;
import io.rayhistory.domain.history.LogFile;
import io.rayhistory.domain.history.Replay;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Adds to a replay what log files tell and events do not: log events, which worker logs there are, how submitted jobs
 * went. Damage is counted, a failing store is thrown, a log that has vanished since it was listed is skipped.
 */
final class LogEvidence {
    /** One file per source and process (Ray: {@code src/ray/protobuf/event.proto}, {@code SourceType}). */
    private static final Pattern EVENTS = Pattern.compile(
            "events/event_(COMMON|CORE_WORKER|GCS|RAYLET|CLUSTER_LIFECYCLE|AUTOSCALER|JOBS|SERVE)[^/]*\\.log");
    private static final Pattern PROCESS = Pattern.compile("(.*/)?(worker|python-core|java-core|cpp-core)-[^/]+");

    private final ObjectStore store;
    private final EventCodec codec;
    private final int threads;
    private final LoadTally tally;
    private final LoadWatch watch;

    LogEvidence(ObjectStore store, EventCodec codec, int threads, LoadTally tally, LoadWatch watch) {
        this.store = store;
        this.codec = codec;
        this.threads = threads;
        this.tally = tally;
        this.watch = watch;
    }

    /** True for logs of which any growth may change the history. */
    static boolean readsContent(String name) {
        return EVENTS.matcher(name).matches() || name.startsWith("jobs/supervisor-");
    }

    /** True for logs whose existence tells something. (A job's log is quoted only after its supervisor's has grown.) */
    static boolean readsName(String name) {
        return PROCESS.matcher(name).matches() || name.startsWith("job-driver-");
    }

    void addTo(Replay replay, SessionContents contents, ZoneId zone) {
        contents.logs().forEach((nodeId, files) -> files.forEach((name, object) -> {
            if (PROCESS.matcher(name).matches()) {
                replay.add(new LogFile(nodeId, name, object.length()));
            }
        }));
        addLogEvents(replay, contents);
        addSubmissions(replay, contents, zone);
    }

    /** In name order of nodes and files, because the order of log events is part of the answers. */
    private void addLogEvents(Replay replay, SessionContents contents) {
        List<FanIn.Source<Consumer<Replay>>> sources = new ArrayList<>();
        contents.logs().values().forEach(files -> files.forEach((name, object) -> {
            if (object.length() > 0 && EVENTS.matcher(name).matches()) {
                sources.add(logEvents(object));
            }
        }));
        FanIn.drainInOrder(threads, watch, sources, fact -> fact.accept(replay));
    }

    private FanIn.Source<Consumer<Replay>> logEvents(ObjectInfo object) {
        LoadTally.File file = tally.file(object.name(), object.length());
        return sink -> store.read(object.name(), 0, ObjectStore.TO_END, "", (stream, now) -> {
            codec.decodeLogEvents(stream, event -> sink.accept(replay -> replay.add(event)),
                    (Damage damage) -> file.damage(damage, ""));
            return true;
        });
    }

    private void addSubmissions(Replay replay, SessionContents contents, ZoneId zone) {
        SubmissionFiles files = SubmissionFiles.of(contents);
        if (files.bySubmission().isEmpty()) {
            return;
        }
        SubmissionLogs logs = new SubmissionLogs(store, zone);
        Map<String, Start> starts = new TreeMap<>();
        List<FanIn.Source<Start>> agents = new ArrayList<>();
        for (Stored agentLog : files.agentLogs()) {
            agents.add(sink -> logs.starts(agentLog, sink));
        }
        FanIn.drain(threads, watch, agents, start -> starts.merge(start.submissionId(), start, LogEvidence::earlier));
        List<FanIn.Source<Consumer<Replay>>> traces = new ArrayList<>();
        files.bySubmission().forEach((id, its) -> traces.add(sink -> {
            var trace = logs.trace(id, its, starts.get(id));
            sink.accept(replayed -> replayed.add(trace));
        }));
        FanIn.drainInOrder(threads, watch, traces, fact -> fact.accept(replay));
    }

    /** A second submission under the same id is logged too, and then refused: the first one counts. */
    private static Start earlier(Start one, Start other) {
        return other.local().isBefore(one.local()) ? other : one;
    }
}
