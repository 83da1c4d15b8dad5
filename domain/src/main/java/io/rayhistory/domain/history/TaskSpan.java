package io.rayhistory.domain.history;

/**
 * One measured piece of work of an attempt.
 *
 * @param template what many attempts have in common of the extra data, see {@link #extraData()}
 * @param taskId   the attempt's own task, {@code ""} if the template is the extra data
 */
public record TaskSpan(String name, long startNs, long endNs, String template, String taskId) {

    public TaskSpan(String name, long startNs, long endNs, String extraData) {
        this(name, startNs, endNs, extraData, "");
    }

    /** JSON text. */
    public String extraData() {
        return extraDataFor(taskId);
    }

    /** The extra data as a span of another task would have it. */
    public String extraDataFor(String otherTaskId) {
        return taskId.isEmpty() ? template : ExtraData.unpack(template, otherTaskId);
    }
}
