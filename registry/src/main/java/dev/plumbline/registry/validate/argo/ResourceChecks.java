package dev.plumbline.registry.validate.argo;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.yaml.YamlParser;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A resource template: what it does, and with which manifest. */
final class ResourceChecks {

    static final String RULE = "resource-template";

    private static final List<String> ACTIONS = List.of("get", "create", "apply", "delete", "replace", "patch");
    private static final Pattern EXPRESSION = Pattern.compile("\\{\\{\\s*=\\s*(.+?)\\s*}}");

    /** What our parser finds beyond syntax, which Argo does not look for at this point. */
    private static final Set<String> SYNTAX = Set.of("yaml-syntax", "yaml-recursive-alias", "yaml-key-not-text");

    private final Problems problems;
    private final Map<String, @Nullable Object> tree;
    private final Place place;
    private final String words;

    ResourceChecks(Problems problems, Map<String, @Nullable Object> template, Place place, String words) {
        this.problems = problems;
        this.tree = template;
        this.place = place.at("resource");
        this.words = words + ".resource";
    }

    void check() {
        Map<String, @Nullable Object> resource = Tree.map(tree, "resource");
        String action = Tree.text(resource, "action");
        if (!Substitution.isPlaceholder(action) && !ACTIONS.contains(action) && !action.contains("{{=")) {
            wrong(
                    place.at("action"),
                    words + ".action '" + action + "' is not one that Argo knows",
                    "use one of " + String.join(", ", ACTIONS));
        }
        if (action.equals("delete") || action.equals("get")) {
            return;
        }
        String manifest = Tree.text(resource, "manifest");
        boolean from = Shape.has(resource, "manifestFrom");
        if (manifest.isEmpty() && !from) {
            wrong(place, "either " + words + ".manifest or manifestFrom must be specified", "add 'manifest'");
        } else if (!manifest.isEmpty() && from) {
            wrong(place, words + " has both manifest and manifestFrom", "keep one of them");
        }
        artifact(resource);
        if (!manifest.isEmpty() && !Substitution.isPlaceholder(manifest) && !isYaml(manifest)) {
            wrong(place.at("manifest"), words + ".manifest is not YAML", "correct it; put quotes around '{{…}}'");
        }
    }

    private void artifact(Map<String, @Nullable Object> resource) {
        if (Tree.at(resource, "manifestFrom", "artifact") instanceof Map<?, ?> artifact) {
            String name = Tree.text(artifact, "name");
            if (Tree.named(name, tree, "inputs", "artifacts") == null) {
                wrong(
                        place.at("manifestFrom", "artifact"),
                        words + ".manifestFrom names artifact '" + name + "', which is no input",
                        "add it to inputs.artifacts");
            }
        }
    }

    private static boolean isYaml(String manifest) {
        String replaced = EXPRESSION.matcher(manifest).replaceAll("x");
        return YamlParser.parse("manifest", replaced.getBytes(StandardCharsets.UTF_8)).findings().stream()
                .map(Finding::rule)
                .noneMatch(SYNTAX::contains);
    }

    private void wrong(Place at, String message, String fix) {
        problems.add(RULE, at, message, fix);
    }
}
