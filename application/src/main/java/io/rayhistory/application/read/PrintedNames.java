package io.rayhistory.application.read;

import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.domain.event.TaskType;
import io.rayhistory.domain.history.PrintedName;
import io.rayhistory.domain.history.SessionHistory;
import io.rayhistory.domain.history.Task;
import io.rayhistory.domain.history.TaskColumn;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Finds names for attempts whose owner exported nothing and which never ended, so that no event names them. A worker
 * prints {@code :task_name:NAME} into its output just before it runs a task, and {@code :actor_name:CLASS} before it
 * constructs an actor (Ray: {@code python/ray/_raylet.pyx}, {@code LOG_PREFIX_TASK_NAME}); actor methods print
 * nothing.
 */
final class PrintedNames {
    /** Attempts looked after; each costs one small read. */
    static final int MOST = 10_000;
    /** Bytes looked at before an attempt's output; its name stands right there. */
    private static final int WINDOW = 16 * 1024;
    private static final String TASK = ":task_name:";
    private static final String ACTOR = ":actor_name:";

    private final ObjectStore store;
    private final SessionContents contents;

    PrintedNames(ObjectStore store, SessionContents contents) {
        this.store = store;
        this.contents = contents;
    }

    /** One source for each attempt that has no name but a place in a stored output; none in a complete record. */
    List<FanIn.Source<PrintedName>> wantedBy(SessionHistory history) {
        List<FanIn.Source<PrintedName>> wanted = new ArrayList<>();
        IntPredicate nameless = history.tasks().where(TaskColumn.NAME, name -> name == null || name.equals(""));
        for (int row = 0; row < history.tasks().size() && wanted.size() < MOST; row++) {
            if (nameless.test(row)) {
                Task task = history.tasks().get(row);
                output(task).ifPresent(file -> wanted.add(sink -> name(task, file).ifPresent(sink)));
            }
        }
        return wanted;
    }

    private Optional<ObjectInfo> output(Task task) {
        if (task.type() != TaskType.NORMAL_TASK && task.type() != TaskType.ACTOR_CREATION_TASK
                || task.logInfo().isEmpty() || task.logInfo().get().stdoutStart() <= 0) {
            return Optional.empty();
        }
        String path = task.logInfo().get().stdoutFile();
        String name = path.substring(path.lastIndexOf('/') + 1);
        String node = task.ranOnNodeId().isEmpty() ? task.nodeId() : task.ranOnNodeId();
        return contents.logs().entrySet().stream().filter(each -> node.isEmpty() || each.getKey().equals(node))
                .map(Map.Entry::getValue)
                .map(files -> files.getOrDefault(name, files.get("old/" + name)))
                .filter(file -> file != null && file.length() >= task.logInfo().get().stdoutStart())
                .findFirst();
    }

    private Optional<PrintedName> name(Task task, ObjectInfo file) {
        long end = task.logInfo().orElseThrow().stdoutStart();
        long from = Math.max(0, end - WINDOW);
        boolean actor = task.type() == TaskType.ACTOR_CREATION_TASK;
        return store.read(file.name(), from, end - from, "",
                        (InputStream stream, ObjectInfo now) -> last(stream, actor ? ACTOR : TASK, from > 0))
                .filter(name -> !name.isEmpty())
                .map(name -> new PrintedName(task.taskId(), task.attempt(), actor ? name + ".__init__" : name));
    }

    /** What follows the last such marker at the start of a line, {@code ""} if there is none. */
    static String last(InputStream stream, String marker, boolean startsInALine) throws IOException {
        String[] found = {""};
        boolean[] partial = {startsInALine};
        LogLines.forEach(stream, line -> {
            if (!partial[0] && line.startsWith(marker)) {
                found[0] = line.substring(marker.length());
            }
            partial[0] = false;
            return true;
        });
        return found[0];
    }
}
