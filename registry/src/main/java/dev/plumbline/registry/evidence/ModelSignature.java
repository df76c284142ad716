package dev.plumbline.registry.evidence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The statement of OpenSSF Model Signing v1.0: these files and nothing else. Its predicate is closed, so it says no more. */
final class ModelSignature {

    private ModelSignature() {}

    /**
     * The statement over a model's files.
     *
     * @param name name of the model
     * @param files at least one
     */
    static Statement of(String name, List<ModelFile> files) {
        List<@Nullable Object> resources = new ArrayList<>();
        files.stream().sorted(ModelFile.ORDER).forEach(file -> {
            Map<String, @Nullable Object> resource = new LinkedHashMap<>();
            resource.put("name", file.name());
            resource.put("algorithm", "sha256");
            resource.put("digest", file.digest().hex());
            resources.add(resource);
        });
        Map<String, @Nullable Object> serialization = new LinkedHashMap<>();
        serialization.put("method", "files");
        serialization.put("hash_type", "sha256");
        serialization.put("allow_symlinks", false);
        serialization.put("ignore_paths", List.of());
        Map<String, @Nullable Object> predicate = new LinkedHashMap<>();
        predicate.put("resources", resources);
        predicate.put("serialization", serialization);
        return new Statement(
                List.of(new Subject(name, ModelFile.root(files), "")), Statement.MODEL_SIGNATURE, predicate);
    }
}
