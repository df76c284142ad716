package dev.plumbline.controller.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.oci.TokenRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rerun is refused for an image that is gone, by name, and for no other reason that a registry has. */
class RecordedImagesTest {

    private static final String THERE = "sha256:" + "a".repeat(64);
    private static final String GONE = "sha256:" + "b".repeat(64);

    @Test
    void onlyAnImageThatIsGoneRefuses(@TempDir Path folder) throws Exception {
        Path config = folder.resolve("config.json");
        Files.writeString(config, "not JSON");
        try (TokenRegistry registry = new TokenRegistry()) {
            registry.holds(THERE);
            String image = registry.authority() + "/team/steps@";
            Map<String, @Nullable Object> images = new LinkedHashMap<>();
            images.put("train-1.prepare main", image + THERE);
            images.put("train-1.train main", image + GONE);
            images.put("train-1.check main", "127.0.0.1:1/team/steps@" + GONE);
            images.put("train-1.old main", "sha256:" + "c".repeat(64));
            Map<String, @Nullable Object> plan = new LinkedHashMap<>(Map.of("images", images));
            List<String> refused = new ArrayList<>();
            RecordedImages.of(plan).ask(refused, config);
            assertEquals(1, refused.size(), refused.toString());
            assertTrue(refused.getFirst().contains(image + GONE + " that train-1.train main ran"), refused.toString());
            Map<String, @Nullable Object> checked = Tree.map(plan, "imagesChecked");
            assertEquals("there", checked.get(image + THERE));
            assertEquals("gone", checked.get(image + GONE));
            assertTrue(Tree.text(checked, "127.0.0.1:1/team/steps@" + GONE).startsWith("not known, because"));
            assertTrue(Tree.text(checked, "credentials").contains("config.json"), checked.toString());
        }
    }
}
