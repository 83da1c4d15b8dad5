package io.rayhistory.domain.event;

/**
 * Where an attempt wrote: absolute paths on its node ({@code ""} when absent) and byte offsets ({@link #ABSENT} when absent).
 * The output is {@code [start, end)}.
 */
public record TaskLogInfo(String stdoutFile, String stderrFile, long stdoutStart, long stdoutEnd,
                          long stderrStart, long stderrEnd) {
    public static final long ABSENT = -1;
}
