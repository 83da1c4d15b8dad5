package io.rayhistory.domain.failure;

import io.rayhistory.domain.failure.FailureGroup.Kind;
import io.rayhistory.domain.failure.FailureGroup.Origin;
import io.rayhistory.domain.failure.FailureGroup.Section;
import io.rayhistory.domain.failure.FailureGroup.Subject;
import io.rayhistory.domain.failure.FailureGroup.Victims;
import io.rayhistory.domain.history.Provenance;
import io.rayhistory.domain.history.Task;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A group while its members are being found. */
final class GroupBuilder {
    private static final int LONGEST_TITLE = 120;

    private record Member(int row, long endMs) {
    }

    final Kind kind;
    private final String identity;
    private final Map<String, Integer> functions = new HashMap<>();
    private final Map<String, Integer> nodes = new HashMap<>();
    private final Map<String, Integer> errorTypes = new HashMap<>();
    private final Map<String, Integer> jobs = new HashMap<>();
    private final List<Member> members = new ArrayList<>();
    private final Set<String> tasks = new HashSet<>();
    private final Set<String> messages = new HashSet<>();
    private final Set<String> actors = new LinkedHashSet<>();
    private String title = "";
    private String normalMessage = "";
    private Origin origin = Origin.NONE;
    private Subject subject = Subject.NONE;
    private String detail = "";
    private long firstMs;
    private long lastMs;
    private int recovered;
    private boolean recorded;
    private boolean failedJob;

    /** @param identity what makes two failures one group; hashed into the key */
    GroupBuilder(Kind kind, String identity) {
        this.kind = kind;
        this.identity = identity;
    }

    String key() {
        return FailureKeys.of(kind + "\n" + identity);
    }

    GroupBuilder title(String text) {
        title = text;
        return this;
    }

    GroupBuilder incident(Subject what, String why, long ms, Provenance provenance) {
        subject = what;
        detail = why;
        recorded |= provenance != Provenance.INFERRED;
        seen(ms);
        return this;
    }

    /** An exception's own message is its title while all messages are the same, what they share when they differ. */
    GroupBuilder exception(RootCause cause, String normal) {
        normalMessage = normal;
        if (messages.size() < 2) {
            messages.add(cause.message());
        }
        origin = new Origin(cause.exceptionClass(), cause.message(), cause.function(), cause.file(), cause.line());
        return this;
    }

    void attempt(int row, Task task, boolean finishedLater) {
        long endMs = task.endTimeMs();
        members.add(new Member(row, endMs));
        tasks.add(task.taskId());
        recovered += finishedLater ? 1 : 0;
        recorded |= task.provenance() != Provenance.INFERRED;
        count(functions, task.callName().isEmpty() ? task.name() : task.callName());
        count(nodes, task.ranOnNodeId());
        count(errorTypes, task.errorType());
        count(jobs, task.jobId());
        if (kind != Kind.NODE && kind != Kind.MEMORY && kind != Kind.ACTOR) {
            seen(endMs);
        }
    }

    void actor(String actorId) {
        actors.add(actorId);
    }

    void ofFailedJob() {
        failedJob = true;
    }

    boolean isEmpty() {
        return members.isEmpty() && actors.isEmpty();
    }

    /** Takes over what another group holds. */
    void merge(GroupBuilder other) {
        members.addAll(other.members);
        tasks.addAll(other.tasks);
        actors.addAll(other.actors);
        recovered += other.recovered;
        recorded |= other.recorded;
        failedJob |= other.failedJob;
        other.functions.forEach((name, n) -> functions.merge(name, n, Integer::sum));
        other.nodes.forEach((name, n) -> nodes.merge(name, n, Integer::sum));
        other.errorTypes.forEach((name, n) -> errorTypes.merge(name, n, Integer::sum));
        other.jobs.forEach((name, n) -> jobs.merge(name, n, Integer::sum));
        seen(other.firstMs);
        seen(other.lastMs);
    }

    private void seen(long ms) {
        if (ms != 0) {
            firstMs = firstMs == 0 ? ms : Math.min(firstMs, ms);
            lastMs = Math.max(lastMs, ms);
        }
    }

    private static void count(Map<String, Integer> counts, String name) {
        if (!name.isEmpty()) {
            counts.merge(name, 1, Integer::sum);
        }
    }

    FailureGroup build(Set<String> failedJobs) {
        members.sort(Comparator.comparingLong(Member::endMs).reversed().thenComparingInt(Member::row));
        List<Integer> rows = members.stream().map(Member::row).toList();
        Victims victims = new Victims(rows, tasks.size(), recovered, mostFirst(functions), mostFirst(nodes),
                mostFirst(errorTypes), mostFirst(jobs));
        boolean incident = kind != Kind.EXCEPTION && kind != Kind.ERROR;
        Section section = incident ? Section.INCIDENT
                : actors.isEmpty() && recovered == members.size() ? Section.RECOVERED : Section.FAILED;
        return new FailureGroup(key(), section, kind, titled(), origin, subject, detail, victims,
                List.copyOf(actors), firstMs, lastMs, failedJob || !Collections.disjoint(jobs.keySet(), failedJobs), !recorded);
    }

    private String titled() {
        String text = title;
        if (!origin.exceptionClass().isEmpty()) {
            String message = messages.size() > 1 ? normalMessage : origin.message();
            String name = origin.exceptionClass().substring(origin.exceptionClass().lastIndexOf('.') + 1);
            text = message.isEmpty() ? name : name + ": " + message;
        }
        return cut(text.replaceAll("\\p{Cntrl}", " "));
    }

    private static String cut(String text) {
        if (text.length() <= LONGEST_TITLE) {
            return text;
        }
        int end = LONGEST_TITLE - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "\u2026";
    }

    static Map<String, Integer> mostFirst(Map<String, Integer> counts) {
        Map<String, Integer> ordered = new LinkedHashMap<>();
        counts.entrySet().stream().sorted(Map.Entry.<String, Integer>comparingByValue().reversed()
                .thenComparing(Map.Entry.comparingByKey())).forEach(e -> ordered.put(e.getKey(), e.getValue()));
        return Collections.unmodifiableMap(ordered);
    }
}
