package dev.plumbline.tests.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.validate.Group;
import dev.plumbline.registry.validate.Rules;
import dev.plumbline.registry.validate.Validator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Argo's own validation and ours say the same. */
class ArgoAgreesTest {

    private static final int MUTANTS = 500;
    private static final int PROOF_MUTANTS = 3_000;
    private static final long SEED = 20_260_807;
    private static final Path TYPES =
            Path.of("../registry/src/main/resources/dev/plumbline/registry/argo/types-v4.1.4.txt");

    @TempDir
    Path folder;

    /** A file to judge and where it is from. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Case(String what, byte[] text) {}

    @Test
    void theTableOfTypesIsStillWhatArgoDecodes() throws Exception {
        assertEquals(ArgoOracle.required().types(), Files.readString(TYPES));
    }

    @Test
    void onEveryFileOfArgoAndOfThisRepository() throws Exception {
        ArgoOracle oracle = ArgoOracle.required();
        List<Case> cases = new ArrayList<>();
        for (List<Map<String, @Nullable Object>> file : files(oracle)) {
            cases.add(new Case("file", Cases.text(file)));
        }
        Comparison comparison = compare(oracle, cases);
        System.out.println("files: " + comparison);
        assertEquals(List.of(), comparison.disagreements());
    }

    @Test
    void whatNobodyChecksIsNotWrongInWhatArgoIsReleasedWith() throws Exception {
        List<String> found = new ArrayList<>();
        for (List<Map<String, @Nullable Object>> file :
                new Cases(ArgoOracle.required().examples()).all()) {
            List<Finding> findings = Validator.lint(Comparison.manifests(Cases.text(file)));
            boolean refused = findings.stream().anyMatch(one -> one.isError() && group(one) == Group.ARGO);
            findings.stream()
                    .filter(one -> !refused && one.isError() && group(one) == Group.UNCHECKED)
                    .forEach(one -> found.add(one.object() + " " + one.rule()));
        }
        // Argo keeps these two to test its own refusals, and they mount a volume that nobody declares besides.
        assertEquals(
                List.of(
                        "WorkflowTemplate.argoproj.io//workflow-template-invalid-entrypoint unknown-volume",
                        "WorkflowTemplate.argoproj.io//workflow-template-invalid-onexit unknown-volume"),
                found);
    }

    private static Group group(Finding finding) {
        return Rules.find(finding.rule()).orElseThrow().group();
    }

    @Test
    void onMutants() throws Exception {
        mutants(MUTANTS, SEED);
    }

    @Test
    @Tag("proof")
    void onManyMutants() throws Exception {
        mutants(PROOF_MUTANTS, SEED + Long.getLong("lint.seed", 1));
    }

    private void mutants(int count, long seed) throws Exception {
        ArgoOracle oracle = ArgoOracle.required();
        List<List<Map<String, @Nullable Object>>> files = files(oracle);
        List<Case> cases = new ArrayList<>();
        for (long i = 0; cases.size() < count; i++) {
            List<Map<String, @Nullable Object>> file = new ArrayList<>();
            files.get((int) ((seed + i * 7919) % files.size())).forEach(object -> file.add(Tree.copy(object)));
            String what = new Mutator(seed + i).mutate(file.getFirst());
            if (!what.isEmpty()) {
                cases.add(new Case("mutant " + (seed + i) + " (" + what + ")", Cases.text(file)));
            }
        }
        Comparison comparison = compare(oracle, cases);
        System.out.println("mutants: " + comparison);
        assertEquals(List.of(), comparison.disagreements());
        assertTrue(comparison.decodedShare() >= 0.6, comparison.toString());
        assertTrue(comparison.acceptedShare() >= 0.33, comparison.toString());
    }

    private static List<List<Map<String, @Nullable Object>>> files(ArgoOracle oracle) throws IOException {
        List<Path> paths = new ArrayList<>(oracle.examples());
        paths.addAll(Cases.below(Path.of("..")));
        return new Cases(paths).all();
    }

    private Comparison compare(ArgoOracle oracle, List<Case> cases) throws Exception {
        List<Path> paths = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            paths.add(Files.write(folder.resolve(i + ".yaml"), cases.get(i).text()));
        }
        Map<Path, List<ArgoOracle.Verdict>> verdicts = oracle.check(paths);
        Comparison comparison = new Comparison();
        for (int i = 0; i < cases.size(); i++) {
            Case one = cases.get(i);
            int before = comparison.disagreements().size();
            comparison.add(one.what(), one.text(), verdicts.getOrDefault(paths.get(i), List.of()));
            if (comparison.disagreements().size() > before && System.getProperty("lint.show") != null) {
                System.out.println(new String(one.text(), StandardCharsets.UTF_8));
            }
        }
        return comparison;
    }
}
