package io.rayhistory.adapters.http.api;

import io.rayhistory.domain.HistoryException;

import java.util.List;
import java.util.function.Function;

/**
 * Which log, and how much of it, a client wants (Ray: {@code GetLogOptions} in {@code python/ray/util/state/common.py}).
 * Texts that were not sent are {@code ""}.
 *
 * @param pid   {@link #NO_PID} when not sent
 * @param lines how many of the last lines, or {@link #ALL_LINES}
 * @param plain without colour codes
 */
record LogRequest(String nodeId, String nodeIp, String filename, String actorId, String taskId, String submissionId,
                  long pid, int attempt, long lines, String suffix, boolean plain, String downloadName) {
    static final long ALL_LINES = -1;
    static final long NO_PID = -1;
    private static final long DEFAULT_LINES = 1000;

    /**
     * @param mediaType {@code file}, or {@code stream} to follow a file as it grows: a dead session's files do not, so
     *                  both are the same
     * @param values    all values of a parameter; empty when it was not sent
     * @throws HistoryException INVALID for parameters that do not name one log
     */
    static LogRequest parse(String mediaType, Function<String, List<String>> values) {
        checkMedia(mediaType, values);
        StateParameters.checkTimeout(values);
        LogRequest request = new LogRequest(StateParameters.text(values, "node_id"),
                StateParameters.text(values, "node_ip"), StateParameters.text(values, "filename"),
                StateParameters.text(values, "actor_id"), StateParameters.text(values, "task_id"),
                StateParameters.text(values, "submission_id"), pid(values), attempt(values), lines(values),
                suffix(values), StateParameters.text(values, "filter_ansi_code").equalsIgnoreCase("true"),
                StateParameters.text(values, "download_filename"));
        request.check();
        return request;
    }

    boolean hasNode() {
        return !nodeId.isEmpty() || !nodeIp.isEmpty();
    }

    private void check() {
        if (!nodeId.isEmpty() && !nodeIp.isEmpty()) {
            throw HistoryException.invalid("Both node_id and node_ip are given; only one of them can be. Given node id: "
                    + nodeId + ", given node ip: " + nodeIp);
        }
        boolean placed = !actorId.isEmpty() || !taskId.isEmpty() || !submissionId.isEmpty();
        if (!placed && pid == NO_PID && filename.isEmpty()) {
            throw HistoryException.invalid("None of filename, actor_id, task_id, submission_id and pid is given. At least"
                    + " one of them is needed to find a log.");
        }
        if (!placed && !hasNode()) {
            throw HistoryException.invalid(pid != NO_PID
                    ? "Node id needs to be specified for resolving filenames of pid " + pid
                    : "node_id or node_ip is needed when none of actor_id, task_id and submission_id is given.");
        }
    }

    private static void checkMedia(String mediaType, Function<String, List<String>> values) {
        if (!mediaType.equals("file") && !mediaType.equals("stream")) {
            throw HistoryException.invalid("Invalid media type: " + mediaType + ". It must be 'file' or 'stream'.");
        }
        String interval = StateParameters.text(values, "interval").strip();
        if (interval.isEmpty()) {
            return;
        }
        if (mediaType.equals("file")) {
            throw HistoryException.invalid("interval is only for /api/v0/logs/stream.");
        }
        if (!interval.matches("[+-]?([0-9]{1,18}(\\.[0-9]{0,18})?|\\.[0-9]{1,18})([eE][+-]?[0-9]{1,3})?")) {
            throw HistoryException.invalid("Given interval '" + interval + "' is no number of seconds.");
        }
    }

    private static long pid(Function<String, List<String>> values) {
        if (StateParameters.text(values, "pid").isEmpty()) {
            return NO_PID;
        }
        long pid = StateParameters.whole(values, "pid", NO_PID);
        if (pid < 0) {
            throw HistoryException.invalid("Given pid " + pid + " is negative.");
        }
        return pid;
    }

    private static int attempt(Function<String, List<String>> values) {
        if (StateParameters.text(values, "attempt_number").isEmpty()) {
            return 0;
        }
        long attempt = StateParameters.whole(values, "attempt_number", 0);
        if (attempt != (int) attempt) {
            throw HistoryException.invalid("Given attempt_number " + attempt + " is out of range.");
        }
        return (int) attempt;
    }

    private static long lines(Function<String, List<String>> values) {
        long lines = StateParameters.whole(values, "lines", DEFAULT_LINES);
        if (lines < ALL_LINES) {
            throw HistoryException.invalid("Given lines " + lines + " is negative. Use -1 for the whole log.");
        }
        return lines == 0 ? DEFAULT_LINES : lines;
    }

    private static String suffix(Function<String, List<String>> values) {
        String suffix = StateParameters.first(values, "suffix");
        if (suffix == null) {
            return "out";
        }
        if (suffix.equals("out") || suffix.equals("err")) {
            return suffix;
        }
        throw HistoryException.invalid("Invalid suffix: " + suffix + ". It must be 'out' or 'err'.");
    }

    /** Ray's words for "none of what you told me leads to a file". */
    String notFound() {
        return "Could not find a log file. Please make sure the given option exists in the cluster.\n"
                + "\tnode_id: " + orNone(nodeId) + "\n"
                + "\tfilename: " + orNone(filename) + "\n"
                + "\tactor_id: " + orNone(actorId) + "\n"
                + "\ttask_id: " + orNone(taskId) + "\n"
                + "\tpid: " + (pid == NO_PID ? "None" : Long.toString(pid)) + "\n"
                + "\tsuffix: " + suffix + "\n"
                + "\tsubmission_id: " + orNone(submissionId) + "\n"
                + "\tattempt_number: " + attempt + "\n";
    }

    private static String orNone(String text) {
        return text.isEmpty() ? "None" : text;
    }
}
