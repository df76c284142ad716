package dev.plumbline.controller.local.runner;

import dev.plumbline.registry.argo.Template;
import dev.plumbline.registry.json.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The environment variables of a container, as Kubernetes makes them: sources, pod fields and {@code $(NAME)}. */
final class StepVariables {

    private final ConfigMaps configMaps;
    private final Map<String, String> podFields;

    /**
     * Variables of one pod.
     *
     * @param podFields values by {@code fieldPath}, such as {@code metadata.annotations['a/b']}
     */
    StepVariables(ConfigMaps configMaps, Map<String, String> podFields) {
        this.configMaps = configMaps;
        this.podFields = podFields;
    }

    /** Name to value, in written order. */
    Map<String, String> of(Template template) throws NodeProblem {
        Map<String, String> variables = new LinkedHashMap<>();
        for (Map<String, @Nullable Object> from : Tree.maps(template.container(), "envFrom")) {
            Map<String, @Nullable Object> ref = Tree.map(from, "configMapRef");
            String prefix = Tree.text(from, "prefix");
            configMaps
                    .texts(Tree.text(ref, "name"), Boolean.TRUE.equals(ref.get("optional")))
                    .forEach((key, value) -> variables.put(prefix + key, value));
        }
        for (Map<String, @Nullable Object> env : Tree.maps(template.container(), "env")) {
            String value = value(env, variables);
            if (value != null) {
                variables.put(Tree.text(env, "name"), value);
            }
        }
        return variables;
    }

    private @Nullable String value(Map<String, @Nullable Object> env, Map<String, String> known) throws NodeProblem {
        Map<String, @Nullable Object> source = Tree.map(env, "valueFrom");
        if (source.get("fieldRef") instanceof Map<?, ?> ref) {
            return podFields.getOrDefault(Tree.text(ref, "fieldPath"), "");
        }
        if (source.get("configMapKeyRef") instanceof Map<?, ?> ref) {
            return configMaps.value(Tree.cast(ref));
        }
        return expand(Tree.text(env, "value"), known);
    }

    /** Each text with {@code $(NAME)} replaced where the name is known; {@code $$} is a dollar sign. */
    static List<String> expand(List<String> texts, Map<String, String> variables) {
        return texts.stream().map(text -> expand(text, variables)).toList();
    }

    static String expand(String text, Map<String, String> variables) {
        if (text.indexOf('$') < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            if (text.startsWith("$$", at)) {
                out.append('$');
                at += 2;
                continue;
            }
            int end = text.startsWith("$(", at) ? text.indexOf(')', at) : -1;
            String value = end < 0 ? null : variables.get(text.substring(at + 2, end));
            if (value == null) {
                out.append(text.charAt(at++));
            } else {
                out.append(value);
                at = end + 1;
            }
        }
        return out.toString();
    }
}
