package dev.plumbline.registry.mlflow;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.models.ModelRegistry;
import dev.plumbline.registry.models.ModelRegistryException;
import dev.plumbline.registry.models.ModelVersion;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** MLflow's model registry. Closing it ends its connections. */
public final class MlflowRegistry implements ModelRegistry, AutoCloseable {

    /** Tags that MLflow itself sets to what the training code is of; set only where absent. */
    private static final String SOURCE_GIT = "mlflow.source.git.";

    private final MlflowHttp http;

    /**
     * A registry at an address.
     *
     * @param base the server's address, such as {@code http://127.0.0.1:5000}
     * @param timeout most time that one request may take
     */
    public MlflowRegistry(URI base, Duration timeout) {
        this.http = new MlflowHttp(base, timeout);
    }

    @Override
    public Optional<ModelVersion> find(String name, String version) throws ModelRegistryException {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("name", name);
        query.put("version", version);
        Optional<Map<String, @Nullable Object>> answer = http.get("model-versions/get", query);
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        Map<String, @Nullable Object> found = Tree.map(answer.get(), "model_version");
        return Optional.of(new ModelVersion(
                Tree.text(found, "name"),
                text(found.get("version")),
                Tree.text(found, "source"),
                Tree.text(found, "run_id"),
                tags(Tree.maps(found, "tags"))));
    }

    @Override
    public void tag(ModelVersion version, Map<String, String> tags) throws ModelRegistryException {
        for (Map.Entry<String, String> tag : new TreeMap<>(absentOnly(tags, version.tags())).entrySet()) {
            Map<String, @Nullable Object> body = new LinkedHashMap<>();
            body.put("name", version.name());
            body.put("version", version.version());
            body.put("key", tag.getKey());
            body.put("value", tag.getValue());
            http.post("model-versions/set-tag", body);
        }
        if (!version.runId().isEmpty()) {
            tagRun(version.runId(), tags);
        }
    }

    @Override
    public void close() {
        http.close();
    }

    private void tagRun(String runId, Map<String, String> tags) throws ModelRegistryException {
        Map<String, String> present = Map.of();
        if (tags.keySet().stream().anyMatch(key -> key.startsWith(SOURCE_GIT))) {
            Optional<Map<String, @Nullable Object>> run = http.get("runs/get", Map.of("run_id", runId));
            present = tags(Tree.maps(run.orElse(Map.of()), "run", "data", "tags"));
        }
        for (Map.Entry<String, String> tag : new TreeMap<>(absentOnly(tags, present)).entrySet()) {
            Map<String, @Nullable Object> body = new LinkedHashMap<>();
            body.put("run_id", runId);
            body.put("key", tag.getKey());
            body.put("value", tag.getValue());
            http.post("runs/set-tag", body);
        }
    }

    private static Map<String, String> absentOnly(Map<String, String> tags, Map<String, String> present) {
        Map<String, String> rest = new TreeMap<>(tags);
        rest.keySet().removeIf(key -> key.startsWith(SOURCE_GIT) && present.containsKey(key));
        return rest;
    }

    private static Map<String, String> tags(List<Map<String, @Nullable Object>> list) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (Map<String, @Nullable Object> tag : list) {
            tags.put(Tree.text(tag, "key"), Tree.text(tag, "value"));
        }
        return tags;
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
