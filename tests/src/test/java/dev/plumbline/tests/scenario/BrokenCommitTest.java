package dev.plumbline.tests.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Tree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broken commit changes nothing, says where and what to do, and the next good one goes through. */
class BrokenCommitTest extends Scenario {

    private static final String KUSTOMIZATION = "pipelines/train/kustomization.yaml";
    private static final String TEMPLATE = "pipelines/train/template.yaml";

    @Test
    void eachKindOfBrokenCommitIsReportedWithFileAndLineAndChangesNothing(@TempDir Path root) throws Exception {
        try (Desk desk = ready(root)) {
            broken(desk, "bad YAML", "template.yaml", () -> desk.replace(TEMPLATE, "spec:\n", "spec: [\n"));
            broken(
                    desk,
                    "unknown field",
                    "kustomization.yaml:3",
                    () -> desk.replace(KUSTOMIZATION, "resources:", "resuorces:"));
            broken(
                    desk,
                    "dangling templateRef",
                    "template.yaml",
                    () -> desk.replace(
                            TEMPLATE,
                            "        template: check\n",
                            "        templateRef: {name: nowhere, template: check}\n"));
            broken(
                    desk,
                    "missing file",
                    "nowhere.yaml",
                    () -> desk.replace(KUSTOMIZATION, "- account.yaml", "- nowhere.yaml"));
            broken(
                    desk,
                    "empty overlay",
                    "overlays/local",
                    () -> desk.write("overlays/local/kustomization.yaml", "resources: []\n"));
            broken(
                    desk,
                    "cycle of bases",
                    "kustomization.yaml",
                    () -> desk.replace(KUSTOMIZATION, "- template.yaml", "- template.yaml\n- ../../overlays/local"));
        }
    }

    private static void broken(Desk desk, String what, String place, Edit edit) throws IOException {
        Map<String, @Nullable Object> before = desk.json("sync", "get");
        edit.make();
        String commit = desk.commit("Break it: " + what);
        desk.awaitHead(commit, "BROKEN");

        Map<String, @Nullable Object> entry = desk.history().getFirst();
        List<Map<String, @Nullable Object>> findings = Tree.maps(entry, "findings");
        String text = findings.toString();
        assertTrue(text.contains(place), what + " names its place " + place + ": " + text);
        assertTrue(
                findings.stream()
                        .anyMatch(finding -> Tree.text(finding, "severity").equals("ERROR")
                                && !Tree.text(finding, "message").isEmpty()
                                && !Tree.text(finding, "fix").isEmpty()),
                what + " says what to do: " + text);
        desk.await("up says that it is broken", () -> desk.said().contains("BROKEN " + commit.substring(0, 10)));
        Map<String, @Nullable Object> after = desk.json("sync", "get");
        assertEquals("BROKEN", Tree.text(after, "state"));
        assertEquals(Tree.map(before, "applied"), Tree.map(after, "applied"), what + " changes nothing");
        assertEquals(1, desk.plumbline("plan").code(), "plan says that the commit is wrong");

        String fixed = desk.revert();
        desk.awaitHead(fixed, "UNCHANGED");
    }

    /** A change of files. */
    @FunctionalInterface
    private interface Edit {
        void make() throws IOException;
    }
}
