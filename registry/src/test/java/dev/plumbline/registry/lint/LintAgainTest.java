package dev.plumbline.registry.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.render.Renderer;
import dev.plumbline.registry.source.MapSnapshot;
import dev.plumbline.registry.validate.RuleExamples;
import dev.plumbline.registry.validate.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A linter that remembers says after every edit what one says that remembers nothing. */
class LintAgainTest {

    private static final int EDITS = Integer.getInteger("plumbline.edits", 300);
    private static final long SEED = Long.getLong("plumbline.seed", 7);

    private final Map<String, String> files = new TreeMap<>();
    private final Random random = new Random(SEED);

    @Test
    void randomEditsAreSeen() throws Exception {
        begin();
        Linter remembering = new Linter(new Renderer());
        Map<String, List<LintFinding>> before = new TreeMap<>();
        int differing = 0;
        for (int i = 0; i < EDITS; i++) {
            String said = edit();
            LintOptions options = LintOptions.STANDARD.withOverlays(List.of(said.substring(0, said.indexOf('/'))));
            List<LintFinding> again =
                    remembering.lint(MapSnapshot.of(files), options).findings();
            List<LintFinding> fresh = new Linter(new Renderer(0))
                    .lint(MapSnapshot.of(files), options)
                    .findings();
            assertEquals(texts(fresh), texts(again), "seed " + SEED + ", edit " + i + ": " + said);
            differing += fresh.equals(before.put(options.overlays().getFirst(), fresh)) ? 0 : 1;
        }
        assertTrue(differing > EDITS / 8, differing + " edits changed findings");
    }

    /** The good examples of all rules, each rendered alone, so that names may be the same. */
    private void begin() {
        Rules.standard().forEach(rule -> {
            String folder = rule.id();
            files.put(folder + "/kustomization.yaml", "resources: [object.yaml]\n");
            files.put(folder + "/object.yaml", RuleExamples.good(rule));
        });
    }

    private String edit() {
        List<String> objects = files.keySet().stream()
                .filter(path -> path.endsWith("object.yaml"))
                .toList();
        String file = objects.get(random.nextInt(objects.size()));
        List<String> lines =
                new ArrayList<>(files.getOrDefault(file, "").lines().toList());
        int at = random.nextInt(lines.size());
        String line = lines.get(at);
        switch (random.nextInt(5)) {
            case 0 -> lines.add(at, "# a comment");
            case 1 -> lines.set(at, line.replace("train", "trian"));
            case 2 -> lines.set(at, line.replace("trian", "train"));
            case 3 -> lines.set(at, line.replace("main", random.nextBoolean() ? "mean" : "main"));
            default -> {
                return restore(file);
            }
        }
        files.put(file, String.join("\n", lines) + "\n");
        return file + ":" + (at + 1) + " " + line;
    }

    private String restore(String file) {
        String rule = file.split("/", -1)[0];
        boolean good = random.nextBoolean();
        Rules.find(rule).ifPresent(found -> files.put(file, good ? RuleExamples.good(found) : RuleExamples.bad(found)));
        return file + " as the " + (good ? "good" : "bad") + " example";
    }

    private static List<String> texts(List<LintFinding> findings) {
        return findings.stream().map(LintFinding::toString).toList();
    }
}
