package dev.plumbline.tests.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.TryCatchBlock;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.NullMarked;

/**
 * The rules of the house, each with its reason. They work on any root package, so that each can be shown to fail on a small
 * bad house.
 */
final class HouseRules {

    private final String root;
    private final HousePlan plan = HousePlan.read();

    /** Rules for the packages below a root such as {@code dev.plumbline}. */
    HouseRules(String root) {
        this.root = root + ".";
    }

    /** All rules by name. */
    Map<String, ArchRule> all() {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put("every package is on the plan", everyPackageIsOnThePlan());
        rules.put("packages use only what the plan allows", onlyPlannedEdges());
        rules.put("packages are free of cycles", freeOfCycles());
        rules.put("each library has one home", oneHomePerLibrary());
        rules.put("rooms and foundations are pure", roomsArePure());
        rules.put("names say what things are", namesSayWhatThingsAre());
        rules.put("every package is described and null-marked", everyPackageIsNullMarked());
        rules.put("only three places catch everything", fewCatchAlls());
        rules.put("no mocks", nobodyUses("org.mockito"));
        return rules;
    }

    ArchRule everyPackageIsOnThePlan() {
        return check("stand in a package of the plan", (type, wrong) -> {
                    if (owner(type).isEmpty()) {
                        wrong.accept(type.getName() + " stands in " + type.getPackageName()
                                + ", which is not on the plan; add a row to HousePlan or move it");
                    }
                })
                .because("a package that nobody planned has no agreed direction");
    }

    ArchRule onlyPlannedEdges() {
        return check("use only what the plan allows", (type, wrong) -> {
                    Optional<HousePlan.Part> user = owner(type);
                    for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                        Optional<HousePlan.Part> used = owner(dependency.getTargetClass());
                        if (user.isPresent()
                                && used.isPresent()
                                && !used.equals(user)
                                && !user.get().uses().contains(used.get().name())) {
                            wrong.accept(user.get().name() + " may not use "
                                    + used.get().name() + ": " + dependency.getDescription());
                        }
                    }
                })
                .because("arrows point down only; a new edge is argued for and added to HousePlan");
    }

    ArchRule freeOfCycles() {
        return slices().matching(root + "(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .because("packages in a cycle can only be understood, tested and changed together");
    }

    ArchRule oneHomePerLibrary() {
        return check("leave each library in its home", (type, wrong) -> {
                    for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                        String used = dependency.getTargetClass().getPackageName();
                        HousePlan.LIBRARY_HOMES.forEach((library, home) -> {
                            boolean atHome = owner(type)
                                    .filter(part -> part.name().equals(home))
                                    .isPresent();
                            if (within(used, library) && !atHome) {
                                wrong.accept(
                                        "only " + home + " may use " + library + ": " + dependency.getDescription());
                            }
                        });
                    }
                })
                .because("a library that lives in one package can be upgraded or replaced there");
    }

    ArchRule roomsArePure() {
        DescribedPredicate<JavaClass> pure = DescribedPredicate.describe(
                "rooms and foundations",
                type -> owner(type)
                        .filter(part -> part.kind() == HousePlan.Kind.ROOM || part.kind() == HousePlan.Kind.FOUNDATION)
                        .isPresent());
        return classes()
                .that(pure)
                .should(condition("take time, randomness, files and threads from nowhere", Impurity::report))
                .allowEmptyShould(true)
                .because("the same inputs must give the same answer on every machine, at any time");
    }

    ArchRule namesSayWhatThingsAre() {
        return noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl|Processor)")
                .orShould()
                .haveNameMatching("(.*[.$])?(Base|Abstract)[A-Z][A-Za-z0-9]*(?<!Contract)")
                .allowEmptyShould(true)
                .because("such names hide what a class is, and attract what has no home");
    }

    ArchRule everyPackageIsNullMarked() {
        return check("stand in a package with a null-marked package-info", (type, wrong) -> {
                    if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                        wrong.accept(type.getPackageName() + " has no package-info with @NullMarked (seen at "
                                + type.getName() + ")");
                    }
                })
                .because("package-info says what a package is and is not, and makes null a visible choice");
    }

    ArchRule fewCatchAlls() {
        return check("not catch every exception", (type, wrong) -> {
                    boolean allowed = owner(type)
                            .filter(part -> HousePlan.CATCH_ALLS.contains(part.name()))
                            .isPresent();
                    for (JavaCodeUnit unit : type.getCodeUnits()) {
                        for (TryCatchBlock block : unit.getTryCatchBlocks()) {
                            boolean all = block.getCaughtThrowables().stream()
                                    .anyMatch(caught -> caught.getName().equals("java.lang.Exception"));
                            if (all && !allowed) {
                                wrong.accept(
                                        unit.getFullName() + " catches Exception: " + block.getSourceCodeLocation());
                            }
                        }
                    }
                })
                .because(
                        "a caught bug is a hidden bug; only the reconcile worker, the HTTP handler and main may end one");
    }

    ArchRule nobodyUses(String library) {
        return noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library + "..")
                .allowEmptyShould(true)
                .because(
                        "a double that is a working thing is tested by the door's contract; a mock is tested by nobody");
    }

    private Optional<HousePlan.Part> owner(JavaClass type) {
        String name = type.getBaseComponentType().getPackageName();
        return name.startsWith(root) ? plan.owner(name.substring(root.length())) : Optional.empty();
    }

    private static boolean within(String name, String library) {
        return name.equals(library) || name.startsWith(library + ".");
    }

    private static ArchRule check(String description, BiConsumer<JavaClass, Consumer<String>> check) {
        return classes().should(condition(description, check)).allowEmptyShould(true);
    }

    private static ArchCondition<JavaClass> condition(
            String description, BiConsumer<JavaClass, Consumer<String>> check) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                check.accept(type, message -> events.add(SimpleConditionEvent.violated(type, message)));
            }
        };
    }
}
