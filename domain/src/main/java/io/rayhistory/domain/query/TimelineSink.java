package io.rayhistory.domain.query;

import io.rayhistory.domain.history.Task;
import io.rayhistory.domain.history.TaskSpan;

import java.io.IOException;

/** Takes a timeline: all spans first, then processes, then threads. */
public interface TimelineSink {
    void span(Task task, TaskSpan span, int pid, int tid) throws IOException;

    /** @param name {@code Node <ip>} */
    void process(int pid, String name) throws IOException;

    /** @param name {@code <component type>:<component id>} */
    void thread(int pid, int tid, String name) throws IOException;
}
