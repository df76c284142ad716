package dev.plumbline.controller.local.runner;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What tags read of the rounds of a loop together: JSON lists, in the order of the rounds, of those that succeeded. */
final class LoopOutputs {

    private static final String PARAMETER = "outputs.parameters.";

    private LoopOutputs() {}

    /** The value of {@code outputs.result}, {@code outputs.parameters} or {@code outputs.parameters.NAME}; null for another name. */
    static @Nullable String get(List<Map<String, @Nullable Object>> rounds, String name) {
        List<@Nullable Object> values = new ArrayList<>();
        boolean known = name.equals("outputs.result") || name.equals("outputs.parameters");
        for (Map<String, @Nullable Object> round : rounds) {
            if (!Tree.text(round, "phase").equals(Phase.SUCCEEDED)) {
                continue;
            }
            switch (name) {
                case "outputs.result" -> {
                    String result = Tree.string(round, "outputs", "result");
                    if (result != null) {
                        values.add(decoded(result));
                    }
                }
                case "outputs.parameters" -> {
                    Map<String, @Nullable Object> all = new LinkedHashMap<>();
                    Tree.maps(round, "outputs", "parameters")
                            .forEach(one -> all.put(Tree.text(one, "name"), Tree.text(one, "value")));
                    if (!all.isEmpty()) {
                        values.add(all);
                    }
                }
                default -> {
                    Map<String, @Nullable Object> parameter = name.startsWith(PARAMETER)
                            ? Tree.named(name.substring(PARAMETER.length()), round, "outputs", "parameters")
                            : null;
                    if (parameter != null) {
                        known = true;
                        values.add(decoded(Tree.text(parameter, "value")));
                    }
                }
            }
        }
        return known ? Json.write(values) : null;
    }

    /** A value that is JSON by itself stays what it is; any other is text. */
    private static @Nullable Object decoded(String value) {
        try {
            return Json.parse(value);
        } catch (JsonException e) {
            return value;
        }
    }
}
