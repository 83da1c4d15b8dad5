package io.rayhistory.house;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.EvaluationResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Holds the code to its architecture, and the rules to their word: each must find the offender planted for it. */
final class HouseRulesTest {
    private static final String ROOT = "io.rayhistory";
    private static final String OFFENDERS = "io.rayhistory.house.offenders";

    /** What ships: no test classes, no contract suites. */
    private static final JavaClasses SHIPPED = new ClassFileImporter()
            .withImportOption(location -> !location.contains("/test-classes/") && !location.contains("-tests.jar"))
            .importPackages(ROOT);
    private static final JavaClasses PLANTED = new ClassFileImporter().importPackages(OFFENDERS);

    static List<HouseRule> rules() {
        return HouseRules.of(ROOT);
    }

    static List<HouseRule> rulesForOffenders() {
        return HouseRules.of(OFFENDERS);
    }

    static List<Layer> layers() {
        return Layer.ALL;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void shippedCodeKeepsTheRule(HouseRule rule) {
        rule.rule().check(SHIPPED);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rulesForOffenders")
    void ruleFindsItsOffender(HouseRule rule) {
        EvaluationResult result = rule.rule().evaluate(PLANTED);
        assertTrue(result.hasViolation(), "nothing was found");
        String report = result.getFailureReport().toString();
        assertTrue(report.contains("." + rule.offender()), () -> rule.offender() + " is not among\n" + report);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void everyPackageNamedHoldsAClass(Layer layer) {
        assertTrue(SHIPPED.stream().map(JavaClass::getPackageName).anyMatch(layer.in(ROOT)::equals));
    }

    @Test
    void noSourceFileIsTooLong() throws IOException {
        List<Path> sources = SourceLength.sources(SourceLength.project());
        assertTrue(sources.stream().anyMatch(file -> file.endsWith("HouseRulesTest.java")), "this file is not among those measured");
        assertEquals(Map.of(), SourceLength.tooLong(sources));
    }

    @Test
    void aLongSourceFileIsFound(@TempDir Path folder) throws IOException {
        Path fits = Files.writeString(folder.resolve("Fits.java"), "//\n".repeat(SourceLength.MOST_LINES));
        Path tooLong = Files.writeString(folder.resolve("TooLong.java"), "//\n".repeat(SourceLength.MOST_LINES + 1));
        List<Path> sources = SourceLength.sources(folder);
        assertEquals(List.of(fits, tooLong), sources);
        assertEquals(Map.of(tooLong, SourceLength.MOST_LINES + 1L), SourceLength.tooLong(sources));
    }

    @Test
    void testsAreNotTakenForShippedCode() {
        assertFalse(SHIPPED.contain(HouseRulesTest.class));
    }
}
