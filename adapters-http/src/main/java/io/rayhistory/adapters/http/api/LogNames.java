package io.rayhistory.adapters.http.api;

import io.rayhistory.domain.HistoryException;

import java.util.ArrayDeque;
import java.util.Deque;

/** Names of log files as clients write them. */
final class LogNames {

    private LogNames() {
    }

    /**
     * The name relative to a node's logs. Absolute paths are those of the node the session ran on: what stands behind
     * {@code /SESSION/logs/} counts.
     *
     * @throws HistoryException INVALID for names that leave the logs, or that hold control characters or backslashes
     */
    static String normalize(String filename, String sessionName) {
        for (int i = 0; i < filename.length(); i++) {
            char c = filename.charAt(i);
            if (Character.isISOControl(c) || c == '\\') {
                throw invalid(printable(filename), "a control character or a backslash is in it");
            }
        }
        Deque<String> parts = new ArrayDeque<>();
        for (String part : relative(filename, sessionName).split("/")) {
            if (part.equals("..")) {
                if (parts.pollLast() == null) {
                    throw invalid(filename, "it leaves the logs");
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        if (parts.isEmpty()) {
            throw invalid(filename, "it names no file");
        }
        return String.join("/", parts);
    }

    private static String relative(String filename, String sessionName) {
        if (!filename.startsWith("/")) {
            return filename;
        }
        for (String session : new String[] {sessionName, "session_latest"}) {
            String logs = "/" + session + "/logs/";
            int at = filename.indexOf(logs);
            if (at >= 0) {
                return filename.substring(at + logs.length());
            }
        }
        throw invalid(filename, "it is an absolute path outside of the session's logs");
    }

    private static String printable(String filename) {
        StringBuilder text = new StringBuilder();
        filename.chars().forEach(c -> text.append(Character.isISOControl(c) ? '?' : (char) c));
        return text.toString();
    }

    private static HistoryException invalid(String filename, String reason) {
        return HistoryException.invalid("Invalid filename: " + filename + " (" + reason
                + "). It must be a path below the logs of a node.");
    }
}
