package dev.plumbline.tests.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shows on a small bad house that each rule can fail, and for the thing that it is about. */
class HouseRulesTest {

    private static final String ROOT = "dev.plumbline.tests.architecture.bad";
    private static final HouseRules RULES = new HouseRules(ROOT);

    private static JavaClasses house;

    @BeforeAll
    static void readTheBadHouse() {
        house = new ClassFileImporter().importPackages(ROOT);
    }

    @Test
    void everyRuleButTheOneOnMocksFailsHere() {
        Set<String> passed = new TreeSet<>();
        RULES.all().forEach((name, rule) -> {
            if (!rule.evaluate(house).hasViolation()) {
                passed.add(name);
            }
        });
        assertEquals(Set.of("no mocks"), passed);
    }

    @Test
    void findsAPackageThatIsNotOnThePlan() {
        assertOnly(RULES.everyPackageIsOnThePlan(), "Unplanned");
    }

    @Test
    void findsAnEdgeThatIsNotOnThePlan() {
        assertOnly(RULES.onlyPlannedEdges(), "registry.model may not use registry.render");
    }

    @Test
    void findsACycle() {
        assertOnly(RULES.freeOfCycles(), "Cycle detected: Slice registry.model");
    }

    @Test
    void findsALibraryAwayFromHome() {
        assertOnly(RULES.oneHomePerLibrary(), "only registry.yaml may use org.yaml.snakeyaml");
    }

    @Test
    void findsADoubleOfAForbiddenLibrary() {
        assertOnly(RULES.nobodyUses("org.yaml.snakeyaml"), "SpeaksYaml");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "calls java.time.Instant.now",
                "calls java.lang.System.nanoTime",
                "calls java.time.Clock.systemUTC",
                "calls java.lang.System.getenv",
                "calls java.lang.System.getProperty",
                "calls java.util.UUID.randomUUID",
                "uses java.util.Random",
                "uses java.nio.file.Files",
                "uses java.net.Socket",
                "uses java.lang.Thread"
            })
    void findsImpurity(String what) {
        assertTrue(violations(RULES.roomsArePure()).stream().anyMatch(line -> line.startsWith(what)));
    }

    @Test
    void allowsAClockThatIsHandedInAndAnAddress() {
        assertFalse(violations(RULES.roomsArePure()).stream()
                .anyMatch(line -> line.contains("Impure.given") || line.contains("Impure.address")));
    }

    @Test
    void findsNamesThatHide() {
        List<String> violations = violations(RULES.namesSayWhatThingsAre());
        assertEquals(2, violations.size(), violations.toString());
        assertTrue(violations.stream().anyMatch(line -> line.contains("RenderManager")));
        assertTrue(violations.stream().anyMatch(line -> line.contains("AbstractRender")));
    }

    @Test
    void findsPackagesWithoutNullMark() {
        List<String> violations = violations(RULES.everyPackageIsNullMarked());
        assertTrue(violations.stream().anyMatch(line -> line.contains("bad.registry.model has no package-info")));
        assertTrue(violations.stream().anyMatch(line -> line.contains("bad.registry.cellar has no package-info")));
    }

    @Test
    void findsACatchAll() {
        assertOnly(RULES.fewCatchAlls(), "CatchesEverything.quietly");
    }

    @Test
    void thePlanNamesAHomeForEachLibraryAndPlaceForEachCatchAll() {
        HousePlan plan = HousePlan.read();
        HousePlan.LIBRARY_HOMES
                .values()
                .forEach(home ->
                        assertEquals(home, plan.owner(home).orElseThrow().name()));
        HousePlan.CATCH_ALLS.forEach(
                home -> assertEquals(home, plan.owner(home).orElseThrow().name()));
        assertEquals(
                "controller.local",
                plan.owner("controller.local.cluster").orElseThrow().name());
    }

    private static void assertOnly(ArchRule rule, String what) {
        List<String> violations = violations(rule);
        assertFalse(violations.isEmpty(), "nothing found");
        violations.forEach(line -> assertTrue(line.contains(what), line));
    }

    private static List<String> violations(ArchRule rule) {
        return rule.evaluate(house).getFailureReport().getDetails();
    }
}
