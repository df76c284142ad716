package dev.plumbline.registry.provenance;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.run.ExecutedDefinition;
import dev.plumbline.registry.run.NodeOutcome;
import dev.plumbline.registry.run.Observation;
import dev.plumbline.registry.run.PodContainer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Compares the pods of a run with the templates that it stored: images, commands and arguments. What a template leaves to the
 * image, or computes by more than parameters, is not compared; a template with a {@code podSpecPatch} says itself that the pod
 * differs, and is compared as content.
 */
final class PodsOfRun {

    /** Longest command line that is compared; Argo hands longer ones over in another way. */
    private static final int MAX_COMMAND = 64 * 1024;

    private static final Pattern PARAMETER =
            Pattern.compile("\\{\\{\\s*(inputs|workflow)\\.parameters\\.([A-Za-z0-9_-]+)\\s*}}");

    private final Observation run;

    PodsOfRun(Observation run) {
        this.run = run;
    }

    /** Where pods differ from their templates, in words. */
    Set<String> differences() {
        Set<String> differences = new TreeSet<>();
        if (run.executed().stream().anyMatch(each -> each.content().containsKey("podSpecPatch"))) {
            return differences;
        }
        Map<String, NodeOutcome> nodes = new LinkedHashMap<>();
        run.nodes().forEach(node -> nodes.put(node.id(), node));
        for (PodContainer container : run.pods().containers()) {
            NodeOutcome node = nodes.get(container.node());
            Map<String, @Nullable Object> template = node == null ? null : template(node.definition());
            if (node != null && template != null && !template.containsKey("podSpecPatch")) {
                compare(node, container, template, differences);
            }
        }
        return differences;
    }

    private void compare(
            NodeOutcome node, PodContainer container, Map<String, @Nullable Object> template, Set<String> differences) {
        Map<String, @Nullable Object> asked = container(template, container.name());
        if (asked == null) {
            return; // Others put containers into pods, too.
        }
        String image = resolve(node, Tree.text(asked, "image"));
        if (!image.isEmpty() && !image.contains("{{") && !image.equals(container.image())) {
            differences.add(
                    "the image of pod " + node.name() + " (" + container.image() + " instead of " + image + ")");
        }
        List<String> command = resolve(node, PodContainer.texts(asked, "command"));
        List<String> arguments = resolve(node, PodContainer.texts(asked, "args"));
        String all = String.join(" ", command) + String.join(" ", arguments);
        if (command.isEmpty() || template.containsKey("script") || all.contains("{{") || all.length() > MAX_COMMAND) {
            return; // The image says what is started, or Argo does.
        }
        if (container.direct()
                || !PodContainer.commandDigest(command, arguments).equals(container.command())) {
            differences.add("the command of pod " + node.name());
        }
    }

    private @Nullable Map<String, @Nullable Object> template(String definition) {
        for (ExecutedDefinition each : run.executed()) {
            boolean stored = each.kind() == ExecutedDefinition.Kind.STORED_TEMPLATE;
            if (stored && each.reference().equals(definition)) {
                return each.content();
            }
            if (!stored && definition.startsWith(each.reference() + "/")) {
                return Tree.named(definition.substring(each.reference().length() + 1), each.content(), "templates");
            }
        }
        return null;
    }

    private static @Nullable Map<String, @Nullable Object> container(
            Map<String, @Nullable Object> template, String name) {
        if (name.equals("main")) {
            for (String kind : List.of("container", "script")) {
                if (template.get(kind) instanceof Map<?, ?> map) {
                    return Tree.cast(map);
                }
            }
        }
        Map<String, @Nullable Object> ofSet = Tree.named(name, template, "containerSet", "containers");
        Map<String, @Nullable Object> sidecar = Tree.named(name, template, "sidecars");
        return ofSet != null ? ofSet : sidecar != null ? sidecar : Tree.named(name, template, "initContainers");
    }

    private List<String> resolve(NodeOutcome node, List<String> texts) {
        List<String> resolved = new ArrayList<>();
        texts.forEach(text -> resolved.add(resolve(node, text)));
        return resolved;
    }

    private String resolve(NodeOutcome node, String text) {
        return PARAMETER.matcher(text).replaceAll(found -> {
            Map<String, String> values = found.group(1).equals("inputs") ? node.inputs() : run.parameters();
            String value = values.get(found.group(2));
            return Matcher.quoteReplacement(value == null ? found.group() : value);
        });
    }
}
