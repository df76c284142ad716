package dev.plumbline.registry.provenance;

import dev.plumbline.registry.run.ModelRecord;
import dev.plumbline.registry.run.NodeOutcome;
import dev.plumbline.registry.run.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds what a run says of models and data in its output parameters: {@code model-name}, {@code model-version},
 * {@code model-uri}, {@code mlflow-run-id}, {@code accuracy} and {@code data-digest}; case, dashes and underscores do not
 * count. The outputs of the whole run go first; a node counts where it names another version.
 */
public final class ModelsOfRun {

    /** Longest value that is taken: 2048 characters. */
    static final int MAX_VALUE = 2048;

    private static final String NAME = "modelname";

    private ModelsOfRun() {}

    /** The models that a run says it made: its own outputs first, then those of nodes that succeeded. */
    public static List<ModelRecord> models(Observation run) {
        List<ModelRecord> models = new ArrayList<>();
        add(models, run.outputs(), "");
        for (NodeOutcome node : run.nodes()) {
            if (node.phase().equals("Succeeded")) {
                add(models, node.outputs(), node.name());
            }
        }
        return models;
    }

    /** Digests of data by the node that stated them; {@code run} for the outputs of the whole run. */
    public static Map<String, String> dataDigests(Observation run) {
        Map<String, String> digests = new TreeMap<>();
        String global = named(run.outputs()).get("datadigest");
        if (global != null) {
            digests.put("run", global);
        }
        for (NodeOutcome node : run.nodes()) {
            String digest = named(node.outputs()).get("datadigest");
            if (digest != null && !digests.containsValue(digest)) {
                digests.put(node.name(), digest);
            }
        }
        return digests;
    }

    private static void add(List<ModelRecord> models, Map<String, String> outputs, String node) {
        Map<String, String> named = named(outputs);
        String name = named.getOrDefault(NAME, "");
        String version = named.getOrDefault("modelversion", "");
        boolean known = models.stream()
                .anyMatch(model -> model.name().equals(name) && (model.version().equals(version) || version.isEmpty()));
        if (name.isEmpty() || known) {
            return;
        }
        models.add(new ModelRecord(
                name,
                version,
                named.getOrDefault("modeluri", ""),
                named.getOrDefault("mlflowrunid", ""),
                named.getOrDefault("accuracy", ""),
                node,
                null,
                ModelRecord.Registration.UNKNOWN,
                ""));
    }

    /** Whether an output of this name states which model a run made. */
    public static boolean namesModel(String output) {
        return plain(output).equals(NAME);
    }

    private static Map<String, String> named(Map<String, String> outputs) {
        Map<String, String> named = new TreeMap<>();
        outputs.forEach((name, value) -> {
            if (value.length() <= MAX_VALUE) {
                named.put(plain(name), value.strip());
            }
        });
        return named;
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
    }
}
