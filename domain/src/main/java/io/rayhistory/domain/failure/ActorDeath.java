package io.rayhistory.domain.failure;

import io.rayhistory.domain.event.ActorDeathCause;
import io.rayhistory.domain.event.ActorState;
import io.rayhistory.domain.history.Actor;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why an actor died, sorted by what it means (Ray: {@code src/ray/protobuf/common.proto}, ActorDeathCause).
 *
 * @param kind     Ray's member name, such as {@code actor_died_error_context}
 * @param reason   Ray's reason in that member, {@code ""} when it has none
 * @param exitType of the worker process, where the text tells it
 * @param text     in the cluster's words, {@code ""} when it said nothing a reader can use
 */
public record ActorDeath(Meaning meaning, String kind, String reason, String exitType, String text) {

    /** What a death means. {@code EXPECTED}: killed on purpose, references gone, owner or driver done, left by itself. */
    public enum Meaning { EXPECTED, NODE, MEMORY, CONSTRUCTOR, UNEXPECTED }

    private static final Pattern EXIT_TYPE = Pattern.compile("Worker exit type: ([A-Z_]++)");
    private static final List<String> ON_PURPOSE = List.of("RAY_KILL", "REF_DELETED", "OUT_OF_SCOPE", "OWNER_DIED");

    /** Empty while it lives, and when nobody told why it died. */
    public static Optional<ActorDeath> of(Actor actor) {
        if (actor.state() != ActorState.DEAD || actor.deathCause() == null) {
            return Optional.empty();
        }
        ActorDeathCause cause = actor.deathCause();
        Map<String, Object> fields = cause.fields();
        String reason = text(fields, "reason");
        String text = text(fields, "error_message");
        Matcher exit = EXIT_TYPE.matcher(text);
        String exitType = exit.find() ? exit.group(1) : "";
        return Optional.of(new ActorDeath(meaning(cause.kind(), reason, exitType), cause.kind(), reason, exitType,
                text.isEmpty() ? words(cause.kind()) : text));
    }

    private static Meaning meaning(String kind, String reason, String exitType) {
        switch (kind) {
            case "creation_task_failure_context":
                return Meaning.CONSTRUCTOR;
            case "oom_context":
                return Meaning.MEMORY;
            case "actor_died_error_context":
                break;
            default:
                return Meaning.UNEXPECTED;
        }
        if (reason.equals("NODE_DIED")) {
            return Meaning.NODE;
        }
        if (exitType.equals("NODE_OUT_OF_MEMORY")) {
            return Meaning.MEMORY;
        }
        return ON_PURPOSE.contains(reason) || exitType.startsWith("INTENDED") ? Meaning.EXPECTED : Meaning.UNEXPECTED;
    }

    private static String text(Map<String, Object> fields, String name) {
        Object value = fields.get(name);
        return value instanceof String text ? text : "";
    }

    private static String words(String kind) {
        return switch (kind) {
            case "creation_task_failure_context" -> "its constructor failed";
            case "runtime_env_failed_context" -> "its runtime environment could not be set up";
            case "actor_unschedulable_context" -> "it could not be scheduled";
            case "oom_context" -> "its node ran out of memory";
            default -> kind.toLowerCase(Locale.ROOT).replace("_context", "").replace('_', ' ');
        };
    }
}
