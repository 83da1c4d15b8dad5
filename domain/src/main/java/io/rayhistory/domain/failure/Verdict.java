package io.rayhistory.domain.failure;

import io.rayhistory.domain.failure.FailureGroup.Kind;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What happened, in at most {@link #MOST} sentences, worst first.
 */
public record Verdict(List<Sentence> sentences) {
    public static final int MOST = 3;
    private static final int LONGEST_REASON = 160;
    private static final String UNEXPECTED = "Unexpected termination: ";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

    /**
     * @param kind {@code node job memory actor exception error} as its cause is called, {@code open}, {@code recovered},
     *             {@code gaps} or {@code good}
     * @param key  of the group it speaks of, {@code ""} for none
     */
    public record Sentence(String kind, String text, String key) {
    }

    public Verdict {
        sentences = List.copyOf(sentences);
    }

    /** @param gaps what the record lacks, in words; empty when nothing is known to be missing */
    public static Verdict of(FailureReport report, List<String> gaps) {
        List<Sentence> said = new ArrayList<>();
        boolean open = report.unfinished() > 0;
        List<FailureGroup> causes = report.groups().stream().filter(group -> !group.harmless())
                .sorted(Comparator.comparing((FailureGroup group) -> group.section())
                        .thenComparing(Comparator.comparingInt(Verdict::weight).reversed())).toList();
        for (FailureGroup group : causes.subList(0, Math.min(causes.size(), open ? MOST - 1 : MOST))) {
            said.add(new Sentence(lower(group.kind()), sentence(group), group.key()));
        }
        if (said.isEmpty()) {
            said.add(withoutFailure(report, gaps));
        }
        if (open) {
            said.add(new Sentence("open", plural(report.unfinished(), "attempt") + " had not ended when the record stops.", ""));
        }
        return new Verdict(said);
    }

    private static Sentence withoutFailure(FailureReport report, List<String> gaps) {
        if (!report.groups().isEmpty()) {
            FailureGroup first = report.groups().get(0);
            int attempts = report.groups().stream().mapToInt(group -> group.victims().attempts()).sum();
            return new Sentence("recovered", attempts == 0 ? first.title() + ", and took nothing with it."
                    : plural(attempts, "attempt") + " failed, and every task of them finished in the end.", first.key());
        }
        return gaps.isEmpty() ? new Sentence("good", report.unfinished() > 0 ? "No failure recorded."
                : "Everything that was recorded succeeded.", "")
                : new Sentence("gaps", "No failure recorded, but the record has gaps (" + String.join("; ", gaps) + ").", "");
    }

    private static int weight(FailureGroup group) {
        return group.victims().attempts() + group.actors().size();
    }

    private static String sentence(FailureGroup group) {
        String at = group.firstMs() == 0 ? "" : " at " + TIME.format(Instant.ofEpochMilli(group.firstMs())) + " UTC";
        String took = took(group);
        return switch (group.kind()) {
            case NODE, MEMORY, ACTOR -> group.title() + at + why(group)
                    + (took.isEmpty() ? "." : " and took " + took + " with it.");
            case JOB -> group.title() + at + ".";
            case EXCEPTION, ERROR -> group.title() + (": " + plural(group.victims().attempts(), "attempt") + " of "
                    + functions(group.victims().functions())) + (at.isEmpty() ? "" : ", first" + at) + ".";
        };
    }

    private static String why(FailureGroup group) {
        String line = group.detail().lines().findFirst().orElse("").strip();
        String detail = line.substring(line.startsWith(UNEXPECTED) ? UNEXPECTED.length() : 0);
        return detail.isEmpty() || detail.length() > LONGEST_REASON ? "" : " (" + detail + ")";
    }

    private static String took(FailureGroup group) {
        int attempts = group.victims().attempts();
        // The actor that died is no victim of itself.
        int actors = group.kind() == Kind.ACTOR ? 0 : group.actors().size();
        return attempts == 0 ? actors == 0 ? "" : plural(actors, "actor")
                : plural(attempts, "attempt") + (actors == 0 ? "" : " and " + plural(actors, "actor"));
    }

    private static String functions(Map<String, Integer> functions) {
        List<String> names = List.copyOf(functions.keySet());
        return names.isEmpty() ? "unknown functions" : names.size() <= 2 ? String.join(" and ", names)
                : names.get(0) + " and " + (names.size() - 1) + " other functions";
    }

    private static String plural(int count, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s");
    }

    private static String lower(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
