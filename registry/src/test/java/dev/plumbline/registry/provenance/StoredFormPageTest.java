package dev.plumbline.registry.provenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.CanonicalForm;
import dev.plumbline.registry.run.RunObserver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The page about the form says what the form is. */
class StoredFormPageTest {

    private static final Pattern EXAMPLE = Pattern.compile("```json (\\w+) (\\w+)\\n(.+?)```", Pattern.DOTALL);

    @Test
    void theExamplesOfThePageHold() throws Exception {
        String page = Files.readString(Path.of("docs/stored-form.md"));
        assertTrue(page.contains("`" + StoredForm.VERSION + "`"), "the page is of " + StoredForm.VERSION);
        Map<String, Map<String, @Nullable Object>> open = new HashMap<>();
        int compared = 0;
        Matcher matcher = EXAMPLE.matcher(page);
        while (matcher.find()) {
            Map<String, @Nullable Object> example = Json.parseObject(matcher.group(3));
            String role = matcher.group(2);
            if (role.equals("stored") || role.equals("other")) {
                open.put("stored", example);
                String stored = CanonicalForm.text(
                        List.of("join", "own").contains(matcher.group(1))
                                ? StoredForm.spec(example).content()
                                : StoredForm.template(example).content());
                if (role.equals("stored")) {
                    assertEquals(expected(open), stored);
                } else {
                    assertNotEquals(expected(open), stored);
                }
                open.clear();
                compared++;
            } else {
                open.put(matcher.group(1) + " " + role, example);
            }
        }
        assertEquals(10, compared, "each rule has an example");
    }

    private static String expected(Map<String, Map<String, @Nullable Object>> open) {
        if (open.containsKey("join workflow")) {
            return CanonicalForm.text(SpecJoin.join(
                    form(open.get("join workflow")), form(open.get("join template")), form(open.get("join defaults"))));
        }
        if (open.containsKey("own git")) {
            Map<String, @Nullable Object> run = SampleRuns.workflow("train-1", "{}");
            run.put("spec", open.get("stored"));
            return CanonicalForm.text(RunVariables.of(RunObserver.observe(run), form(open.get("stored")))
                    .filled(form(open.get("own git"))));
        }
        Map<String, @Nullable Object> spec = open.get("spec git");
        if (spec != null) {
            return CanonicalForm.text(
                    DefinitionForms.stored(Tree.maps(spec, "templates").getFirst(), spec));
        }
        Map<String, @Nullable Object> template = open.get("template git");
        return CanonicalForm.text(
                StoredForm.template(template == null ? Map.of() : template).content());
    }

    private static Map<String, @Nullable Object> form(@Nullable Map<String, @Nullable Object> spec) {
        return StoredForm.spec(spec == null ? Map.of() : spec).content();
    }
}
