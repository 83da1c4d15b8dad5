package io.rayhistory.application.read;

import io.rayhistory.domain.HistoryException;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A glob as Python's pathlib understands it (Ray hands the parameter to {@code Path.glob}, {@code
 * python/ray/dashboard/modules/log/log_agent.py}): {@code *}, {@code ?}, {@code [a-z]}, {@code [!a]} within a component,
 * {@code **} as a whole one. Matching takes time linear in the path for each component, whatever the pattern.
 */
final class Glob {
    private static final int LONGEST = 1_000;
    private static final String ANY_DEPTH = "**";

    private final List<String> components = new ArrayList<>();
    private final boolean foldersOnly;

    /** @throws HistoryException INVALID for what pathlib or Ray refuses */
    Glob(String pattern) {
        boolean climbs = ("/" + pattern + "/").contains("/../");
        if (pattern.startsWith("/") || climbs) {
            throw HistoryException.invalid("Invalid glob filter: " + pattern + ". It must be a relative path and cannot contain '..'.");
        }
        if (pattern.isEmpty() || pattern.length() > LONGEST || pattern.chars().anyMatch(Character::isISOControl)) {
            throw invalid(pattern, "expected 1 to " + LONGEST + " characters, and no control characters");
        }
        String[] parts = pattern.split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            String part = parts[i];
            if (part.isEmpty() && i < parts.length - 1) {
                throw invalid(pattern, "empty path components are not allowed");
            }
            if (!part.equals(ANY_DEPTH) && part.contains(ANY_DEPTH)) {
                throw invalid(pattern, "'**' can only be an entire path component");
            }
            boolean repeated = part.equals(ANY_DEPTH) && !components.isEmpty()
                    && components.get(components.size() - 1).equals(ANY_DEPTH);
            if (!part.isEmpty() && !part.equals(".") && !repeated) {
                components.add(part);
            }
        }
        foldersOnly = pattern.endsWith("/") || !components.isEmpty() && components.get(components.size() - 1).equals(ANY_DEPTH);
    }

    private static HistoryException invalid(String pattern, String why) {
        String shown = pattern.length() > 200 ? pattern.substring(0, 200) + "…" : pattern;
        return HistoryException.invalid("Invalid glob filter: " + shown.replaceAll("\\p{Cntrl}", "?") + ". " + why + ".");
    }

    /** @param name a relative path; folders end with a slash */
    boolean matches(String name) {
        boolean folder = name.endsWith("/");
        if (foldersOnly && !folder) {
            return false;
        }
        // The set of pattern positions that the path so far can have led to.
        BitSet at = new BitSet(components.size() + 1);
        at.set(0);
        for (String segment : name.split("/")) {
            BitSet next = new BitSet(components.size() + 1);
            passAnyDepth(at);
            for (int i = at.nextSetBit(0); i >= 0 && i < components.size(); i = at.nextSetBit(i + 1)) {
                String component = components.get(i);
                if (component.equals(ANY_DEPTH)) {
                    next.set(i);
                } else if (segmentMatches(component, segment)) {
                    next.set(i + 1);
                }
            }
            at = next;
        }
        passAnyDepth(at);
        return at.get(components.size());
    }

    private void passAnyDepth(BitSet at) {
        for (int i = at.nextSetBit(0); i >= 0 && i < components.size(); i = at.nextSetBit(i + 1)) {
            if (components.get(i).equals(ANY_DEPTH)) {
                at.set(i + 1);
            }
        }
    }

    /** Greedy, going back to the last star only: a later star can always make up for what an earlier one could. */
    private static boolean segmentMatches(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int starText = 0;
        while (t < text.length()) {
            int after = p < pattern.length() && pattern.charAt(p) != '*' ? oneMatches(pattern, p, text.charAt(t)) : -1;
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = ++p;
                starText = t;
            } else if (after >= 0) {
                p = after;
                t++;
            } else if (star >= 0) {
                p = star;
                t = ++starText;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    /** The pattern position behind the element at {@code p} if it takes the character, else -1. */
    private static int oneMatches(String pattern, int p, char c) {
        char first = pattern.charAt(p);
        int close = first == '[' ? closing(pattern, p) : -1;
        if (close < 0) {
            return first == '?' || first == c ? p + 1 : -1;
        }
        boolean negated = pattern.charAt(p + 1) == '!';
        boolean found = false;
        for (int i = p + (negated ? 2 : 1); i < close; i++) {
            if (i + 2 < close && pattern.charAt(i + 1) == '-') {
                found |= pattern.charAt(i) <= c && c <= pattern.charAt(i + 2);
                i += 2;
            } else {
                found |= pattern.charAt(i) == c;
            }
        }
        return found != negated ? close + 1 : -1;
    }

    /** The bracket that closes a set; one that comes first is a member of it. Without any, the opening one is itself. */
    private static int closing(String pattern, int open) {
        int first = open + 1;
        if (first < pattern.length() && pattern.charAt(first) == '!') {
            first++;
        }
        return pattern.indexOf(']', first + 1);
    }
}
