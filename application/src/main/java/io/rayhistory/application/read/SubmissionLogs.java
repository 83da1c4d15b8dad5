package io.rayhistory.application.read;

import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.application.read.SubmissionFiles.Files;
import io.rayhistory.application.read.SubmissionFiles.Stored;
import io.rayhistory.domain.history.SubmissionTrace;

import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what only log files tell about submitted jobs (Ray: {@code python/ray/dashboard/modules/job/job_manager.py}
 * and {@code job_supervisor.py} write the lines looked for). Never a whole driver log: its beginning and its end.
 * Thread-safe.
 */
final class SubmissionLogs {
    /** Setting up a runtime env may log this much before the entrypoint is named. */
    private static final long HEAD = 1 << 20;
    private static final long SUPERVISOR_TAIL = 256 * 1024;
    private static final Pattern STARTING = Pattern.compile("Starting job with submission_id: ([^\"]+?)\\s*(?:\"|$)");
    private static final Pattern EXITED = Pattern.compile("entrypoint command exited with code (-?\\d{1,9})");

    /**
     * An agent accepted a submission.
     *
     * @param local  the agent's wall clock
     * @param timeNs the same moment exactly, 0 when the line does not say
     */
    record Start(String submissionId, String nodeId, LocalDateTime local, long timeNs) {
    }

    private final ObjectStore store;
    private final ZoneId zone;

    /** @param zone of the cluster's clocks, for nodes whose logs do not prove theirs */
    SubmissionLogs(ObjectStore store, ZoneId zone) {
        this.store = store;
        this.zone = zone;
    }

    /** All starts that an agent's log tells, in its order. The log is read as a stream: it may be large. */
    void starts(Stored agentLog, Consumer<Start> sink) {
        lines(agentLog.object(), 0, ObjectStore.TO_END, line -> {
            start(agentLog.nodeId(), line).ifPresent(sink);
            return true;
        });
    }

    static Optional<Start> start(String nodeId, String line) {
        if (!line.contains("Starting job with submission_id: ")) {
            return Optional.empty();
        }
        Matcher found = STARTING.matcher(line);
        return found.find() ? LocalStamps.local(line)
                .map(local -> new Start(found.group(1), nodeId, local, LocalStamps.exactNs(line))) : Optional.empty();
    }

    /**
     * Everything the logs tell about one submission.
     *
     * @param start the first start of that id, {@code null} when no agent log tells one
     */
    SubmissionTrace trace(String submissionId, Files files, Start start) {
        Ending ending = new Ending();
        if (files.supervisor() != null) {
            ObjectInfo log = files.supervisor().object();
            lines(log, Math.max(0, log.length() - SUPERVISOR_TAIL), ObjectStore.TO_END, ending::see);
        }
        String lastText = files.driver() == null || ending.stopped || ending.succeeded() ? ""
                : LogTail.lastLines(store, files.driver().object());
        return new SubmissionTrace(submissionId, startMs(start, files, ending), ending.timeMs(endingZone(ending)),
                files.driver() == null ? "" : entrypoint(submissionId, files.driver().object()), ending.exitCode,
                ending.stopped, lastText);
    }

    private String entrypoint(String submissionId, ObjectInfo driverLog) {
        String wanted = "Running entrypoint for job " + submissionId + ": ";
        String[] found = {""};
        lines(driverLog, 0, HEAD, line -> {
            if (line.startsWith(wanted)) {
                found[0] = line.substring(wanted.length());
            }
            return found[0].isEmpty();
        });
        return found[0];
    }

    /** The supervisor's lines prove its node's offset at that very time, so they go before the stored zone. */
    private long startMs(Start start, Files files, Ending ending) {
        if (start == null) {
            return 0;
        }
        if (start.timeNs() > 0) {
            return start.timeNs() / 1_000_000;
        }
        boolean sameNode = files.supervisor() != null && files.supervisor().nodeId().equals(start.nodeId());
        return start.local().atZone(sameNode ? endingZone(ending) : zone).toInstant().toEpochMilli();
    }

    private ZoneId endingZone(Ending ending) {
        return ending.offset == null ? zone : ending.offset;
    }

    private void lines(ObjectInfo object, long offset, long length, Predicate<String> taker) {
        store.read(object.name(), offset, length, "", (InputStream stream, ObjectInfo now) -> read(stream, taker));
    }

    private static Boolean read(InputStream stream, Predicate<String> taker) throws IOException {
        LogLines.forEach(stream, taker);
        return true;
    }

    /** What the last lines of a supervisor's log say about the end. */
    private static final class Ending {
        private Integer exitCode;
        private boolean stopped;
        private ZoneId offset;
        private LocalDateTime local;
        private long exactNs;

        boolean see(String line) {
            LocalStamps.provenOffset(line).ifPresent(proven -> offset = proven);
            Matcher exited = EXITED.matcher(line);
            if (exited.find()) {
                exitCode = Integer.valueOf(exited.group(1));
                ended(line);
            } else if (line.contains("has been terminated gracefully") || line.contains("force-killed with SIGKILL")) {
                stopped = true;
                ended(line);
            }
            return true;
        }

        private void ended(String line) {
            local = LocalStamps.local(line).orElse(null);
            exactNs = LocalStamps.exactNs(line);
        }

        boolean succeeded() {
            return exitCode != null && exitCode == 0;
        }

        long timeMs(ZoneId zone) {
            if (exactNs > 0) {
                return exactNs / 1_000_000;
            }
            return local == null ? 0 : local.atZone(zone).toInstant().toEpochMilli();
        }
    }
}
