package dev.plumbline.tests.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.Digest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run was given must be there, byte for byte, before it is run again. */
class RerunInputsTest extends Scenario {

    @Test
    void anInputThatIsAnotherOrGoneRefusesARerunByName(@TempDir Path root) throws Exception {
        try (Desk desk = prepared(root)) {
            desk.replace(
                    "pipelines/train/template.yaml",
                    "  - name: check\n    inputs:\n",
                    "  - name: check\n    inputs:\n      artifacts:\n      - name: raw\n        path: /tmp/raw.csv\n"
                            + "        s3: {key: raw/data.csv}\n");
            desk.commit("Read raw data");
            Path data = desk.data().resolve("artifacts/raw/data.csv");
            Files.createDirectories(data.getParent());
            Files.writeString(data, "1,2\n");
            var _ = desk.started();
            Map<String, @Nullable Object> run = desk.run("train");
            String name = Tree.text(run, "name");
            Map<String, @Nullable Object> input =
                    Tree.maps(desk.json("provenance", name), "inputs").getFirst();
            assertEquals(Digest.of("1,2\n").value(), Tree.text(input, "digest"));

            Desk.Answer same = desk.plumbline("rerun", name, "--dry-run");
            assertEquals(0, same.code(), same.text());
            assertTrue(same.text().contains("raw/data.csv: as it was"), same.text());
            Files.writeString(data, "1,3\n");
            Desk.Answer changed = desk.plumbline("rerun", name);
            assertEquals(1, changed.code(), changed.text());
            assertTrue(changed.text().contains("(raw/data.csv) is not what it was"), changed.text());
            Files.delete(data);
            Desk.Answer gone = desk.plumbline("rerun", name);
            assertEquals(1, gone.code(), gone.text());
            assertTrue(gone.text().contains("(raw/data.csv) is gone"), gone.text());
        }
    }
}
