package io.rayhistory.house;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * The rules of the house for a root package: the real one, or that of the planted offenders. Packages come from {@link
 * Layer}.
 */
final class HouseRules {
    private static final Set<String> CLOCKS = Set.of("java.time.Instant", "java.time.LocalDate", "java.time.LocalTime", "java.time.LocalDateTime",
            "java.time.OffsetDateTime", "java.time.ZonedDateTime");
    private static final String FORBIDDEN_SUFFIXES = ".*(Impl|Utils?|Helpers?|Manager|Mapper|Service|UseCase)";

    private HouseRules() {
    }

    static List<HouseRule> of(String root) {
        List<HouseRule> rules = new ArrayList<>();
        Layer.ALL.stream().filter(layer -> !layer.name().equals("bootstrap")).forEach(layer -> rules.add(new HouseRule(
                layer.name() + " sees only what it may",
                classes().that().resideInAPackage(layer.in(root)).should().onlyDependOnClassesThat().resideInAnyPackage(layer.allowed(root)),
                offenderOf(layer))));
        rules.add(new HouseRule("every class has its layer",
                classes().should().resideInAnyPackage(Layer.ALL.stream().map(layer -> layer.in(root)).toArray(String[]::new)), "Homeless"));
        rules.add(new HouseRule("packages form no cycle", SlicesRuleDefinition.slices().matching(root + ".(**)").should().beFreeOfCycles(), "CycleHere"));
        rules.add(new HouseRule("no name promises nothing", noClasses().should().haveNameMatching(FORBIDDEN_SUFFIXES), "TaskManager"));
        rules.add(new HouseRule("only bootstrap reads the environment", outsideBootstrap(root, "read the environment",
                access -> isOn(access, "java.lang.System", "getenv", "getProperty", "getProperties")), "ReadsEnvironment"));
        rules.add(new HouseRule("only bootstrap ends the process", outsideBootstrap(root, "end the process",
                access -> isOn(access, "java.lang.System", "exit") || isOn(access, "java.lang.Runtime", "exit", "halt", "addShutdownHook")),
                "EndsProcess"));
        rules.add(new HouseRule("only bootstrap uses the standard streams", outsideBootstrap(root, "use the standard streams",
                access -> isOn(access, "java.lang.System", "out", "err", "in")), "PrintsAway"));
        rules.add(new HouseRule("only bootstrap asks the clock", outsideBootstrap(root, "ask the clock", HouseRules::asksTheClock), "AsksClock"));
        return rules;
    }

    /** {@code adapters.http} has the planted class {@code AdaptersHttpSeesTooMuch}. */
    private static String offenderOf(Layer layer) {
        StringBuilder name = new StringBuilder();
        Stream.of(layer.name().split("\\.")).forEach(part -> name.append(Character.toUpperCase(part.charAt(0))).append(part.substring(1)));
        return name + "SeesTooMuch";
    }

    private static ArchRule outsideBootstrap(String root, String what, Predicate<JavaAccess<?>> matches) {
        return noClasses().that().resideOutsideOfPackage(root + ".bootstrap")
                .should().accessTargetWhere(DescribedPredicate.describe(what, matches));
    }

    private static boolean isOn(JavaAccess<?> access, String owner, String... names) {
        return access.getTargetOwner().getName().equals(owner) && List.of(names).contains(access.getName());
    }

    private static boolean asksTheClock(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        boolean noArguments = access instanceof JavaCall<?> call && call.getTarget().getRawParameterTypes().isEmpty();
        return isOn(access, "java.lang.System", "currentTimeMillis")
                || CLOCKS.contains(owner.getName()) && access.getName().equals("now")
                || owner.getName().equals("java.time.Clock") && access.getName().startsWith("system")
                || isOn(access, "java.time.InstantSource", "system")
                || owner.getName().equals("java.util.Date") && access.getName().equals("<init>") && noArguments;
    }
}
