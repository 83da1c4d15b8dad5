package io.rayhistory.domain.layout;

import io.rayhistory.domain.id.SessionKey;

import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which sequence of files an event belongs to: one node's collector writes its node events, and the events of each job,
 * apart. That helps to load a part only; what an event is, and of which job, is in the event.
 *
 * @param nodeId the collector's own node
 * @param jobId  as Ray sent it, {@code ""} for node events
 */
public record EventStream(SessionKey session, String nodeId, String jobId) {
    /** The members of an event that may hold its {@code jobId}; the first that does decides. */
    public static final List<String> JOB_ID_BEARERS = List.of("driverJobDefinitionEvent", "driverJobLifecycleEvent",
            "taskDefinitionEvent", "taskLifecycleEvent", "taskProfileEvents", "actorTaskDefinitionEvent", "actorDefinitionEvent");

    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]+");
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9._-]+");

    /** The stream of an event. @param jobId the first job id its {@link #JOB_ID_BEARERS} hold, {@code ""} for none */
    public static EventStream of(SessionKey session, String nodeId, String eventType, String jobId) {
        return new EventStream(session, nodeId, aboutNodes(eventType) ? "" : jobId);
    }

    /** True for the events that are filed under the node whatever job they name. */
    public static boolean aboutNodes(String eventType) {
        return eventType.equals("NODE_DEFINITION_EVENT") || eventType.equals("NODE_LIFECYCLE_EVENT");
    }

    /** The folder of generation D below {@code job_events/}: the id in hex; {@code ""} if this is no safe segment. */
    String jobFolder() {
        return jobFolder(jobId);
    }

    /** The same for a job id as Ray sent it; the answer for such a folder is the folder itself. */
    public static String jobFolder(String jobId) {
        String folder = HEX.matcher(jobId).matches() ? jobId.toLowerCase(Locale.ROOT) : hexOfBase64(jobId);
        return SAFE.matcher(folder).matches() && !folder.equals(".") && !folder.equals("..") ? folder : "";
    }

    /** The id as Ray sends it, in base64, for such a folder; what is no hex is its own id. */
    public static String jobIdOf(String folder) {
        return folder.length() % 2 == 0 && HEX.matcher(folder).matches()
                ? Base64.getEncoder().encodeToString(HexFormat.of().parseHex(folder)) : folder;
    }

    /** The folder of generations A to C: the id as sent, through path.Join, which swallows slashes. */
    String jobFolderAsSent() {
        String folder = jobId.isEmpty() ? "" : StoragePath.join("job_events", jobId);
        if (!folder.startsWith("job_events/")) {
            return "";
        }
        return ObjectName.escape(folder.substring("job_events/".length()));
    }

    /** The raw URL-safe alphabet first, then the padded standard one, as the peer tries them. */
    private static String hexOfBase64(String jobId) {
        byte[] bytes;
        try {
            bytes = jobId.indexOf('=') < 0 ? Base64.getUrlDecoder().decode(jobId) : padded(jobId);
        } catch (IllegalArgumentException notUrlSafe) {
            try {
                bytes = padded(jobId);
            } catch (IllegalArgumentException noBase64) {
                return jobId;
            }
        }
        StringBuilder hex = new StringBuilder();
        for (byte b : bytes) {
            hex.append(String.format("%02x", b));
        }
        return hex.toString();
    }

    private static byte[] padded(String jobId) {
        if (jobId.length() % 4 != 0) {
            throw new IllegalArgumentException("the standard alphabet comes with its padding");
        }
        return Base64.getDecoder().decode(jobId);
    }
}
