package io.rayhistory.domain.failure;

import io.rayhistory.domain.failure.Traceback.Kind;
import io.rayhistory.domain.failure.Traceback.Part;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The exception that everything else in a traceback followed from.
 *
 * @param exceptionClass as printed, without what Ray wraps around it
 * @param message        its first line, as recorded
 * @param function       of the frame it came from, {@code ""} when no frame tells
 * @param file           the last part of that frame's file
 * @param part           index of the exception in the traceback
 */
public record RootCause(String exceptionClass, String message, String function, String file, int line, int part) {
    /** {@code RayTaskError(ValueError)}: raised where a result is fetched, around what was raised in the task. */
    private static final Pattern WRAPPED = Pattern.compile("(?:[\\w.]*\\.)?RayTaskError\\(([\\w.]+)\\)");
    private static final Pattern WRAPPER =
            Pattern.compile("(?:[\\w.]*\\.)?(?:RayTaskError(?:\\([\\w.]+\\))?|CreationTaskError)");
    /** A broken connection between Ray's processes says nothing of why. */
    private static final Pattern TRANSPORT = Pattern.compile("(?:[\\w.]*\\.)?RpcError");

    /** The first exception with an own frame, else the first with a frame, else the first; empty if there is none. */
    public static Optional<RootCause> of(Traceback traceback) {
        RootCause framed = null;
        RootCause bare = null;
        RootCause wrapped = null;
        Part own = null;
        Part innermost = null;
        for (int i = 0; i < traceback.parts().size(); i++) {
            Part part = traceback.parts().get(i);
            if (part.kind() == Kind.FRAME) {
                own = part.own() ? part : own;
                innermost = part;
                continue;
            }
            if (part.kind() == Kind.EXCEPTION) {
                if (TRANSPORT.matcher(part.exceptionClass()).matches()) {
                    continue;
                }
                if (WRAPPER.matcher(part.exceptionClass()).matches()) {
                    wrapped = wrapped == null ? at(i, part, null) : wrapped;
                } else if (own != null) {
                    return Optional.of(at(i, part, own));
                } else if (innermost != null) {
                    framed = framed == null ? at(i, part, innermost) : framed;
                } else {
                    bare = bare == null ? at(i, part, null) : bare;
                }
                own = null;
                innermost = null;
            } else if (part.kind() == Kind.CHAIN) {
                own = null;
                innermost = null;
            }
        }
        return Optional.ofNullable(framed != null ? framed : bare != null ? bare : wrapped);
    }

    private static RootCause at(int index, Part exception, Part frame) {
        Matcher inner = WRAPPED.matcher(exception.exceptionClass());
        String name = inner.matches() ? inner.group(1) : exception.exceptionClass();
        return frame == null ? new RootCause(name, exception.message(), "", "", 0, index)
                : new RootCause(name, exception.message(), frame.function(), frame.shortFile(), frame.line(), index);
    }
}
