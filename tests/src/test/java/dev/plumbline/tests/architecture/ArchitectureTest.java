package dev.plumbline.tests.architecture;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds the whole program to the plan of the house. */
class ArchitectureTest {

    private static final String ROOT = "dev.plumbline";

    private static JavaClasses program;

    @BeforeAll
    static void readTheProgram() {
        // The rules ask for names only, so the classes of libraries need not be read.
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        program = new ClassFileImporter()
                .withImportOption(ArchitectureTest::isMainCode)
                .importPackages(ROOT + ".registry", ROOT + ".controller");
    }

    @TestFactory
    Stream<DynamicTest> theProgramFollowsThePlan() {
        return new HouseRules(ROOT)
                .all().entrySet().stream()
                        .map(rule ->
                                dynamicTest(rule.getKey(), () -> rule.getValue().check(program)));
    }

    @Test
    void testsNeedNoMocksAndHaveHonestNames() {
        JavaClasses tests = new ClassFileImporter()
                .withImportOption(location -> !isMainCode(location) && !location.contains("/architecture/bad/"))
                .importPackages(ROOT);
        HouseRules rules = new HouseRules(ROOT);
        rules.nobodyUses("org.mockito").check(tests);
        rules.namesSayWhatThingsAre().check(tests);
    }

    @Test
    void theProgramIsSeen() {
        assertFalse(program.isEmpty());
        assertFalse(program.stream().allMatch(type -> type.getPackageName().startsWith(ROOT + ".registry")));
        assertFalse(program.stream().anyMatch(type -> type.getSimpleName().endsWith("Test")));
    }

    private static boolean isMainCode(Location location) {
        return !location.contains("/test-classes/") && !location.contains("-tests.jar");
    }
}
