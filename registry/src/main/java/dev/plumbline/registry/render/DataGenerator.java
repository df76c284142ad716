package dev.plumbline.registry.render;

import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code configMapGenerator} and {@code secretGenerator}. */
final class DataGenerator {

    private static final List<String> FIELDS =
            List.of("name", "namespace", "behavior", "files", "literals", "envs", "env", "options");
    private static final List<String> CHANGING = List.of("merge", "replace");
    private static final List<String> CREATING = List.of("", "create", "unspecified");

    /** Characters of one line of base64 in what kustomize generates. */
    private static final int BASE64_LINE = 70;

    private final String folder;
    private final Files files;
    private final Problems problems;

    /** Makes objects from files of a folder and below it. */
    DataGenerator(String folder, Files files, Problems problems) {
        this.folder = folder;
        this.files = files;
        this.problems = problems;
    }

    /** All objects that a kustomization's own fields ask for, ConfigMaps first. */
    List<Resource> generate(Fields kustomization) throws SourceException {
        GeneratorOptions global = GeneratorOptions.of(kustomization.map("generatorOptions"));
        List<Resource> all = new ArrayList<>();
        for (Fields generator : kustomization.maps("configMapGenerator")) {
            generator.onlyKnown(FIELDS, "an entry of configMapGenerator");
            add(all, generate(generator, generator, global, false));
        }
        List<String> secretFields = new ArrayList<>(FIELDS);
        secretFields.add("type");
        for (Fields generator : kustomization.maps("secretGenerator")) {
            generator.onlyKnown(secretFields, "an entry of secretGenerator");
            add(all, generate(generator, generator, global, true));
        }
        return all;
    }

    /** A plugin: its metadata names the object where its fields do not, and generatorOptions are not for it. */
    @Nullable
    Resource ofPlugin(Resource config, boolean secret) throws SourceException {
        Fields fields = new Fields(config.node(), problems, Fields.Reading.PLUGIN_PART);
        Fields metadata = fields.map("metadata");
        return generate(fields, metadata == null ? fields : metadata, GeneratorOptions.of(null), secret);
    }

    private static void add(List<Resource> all, @Nullable Resource resource) {
        if (resource != null) {
            all.add(resource);
        }
    }

    private @Nullable Resource generate(Fields generator, Fields metadata, GeneratorOptions global, boolean secret)
            throws SourceException {
        Location place = generator.place();
        String behavior = generator.text("behavior");
        String name = or(generator.text("name"), metadata.text("name"));
        if (name.isEmpty()) {
            problems.error("render-generator", place, "a generator without a name", "name what it makes");
            return null;
        }
        if (!CHANGING.contains(behavior) && !CREATING.contains(behavior)) {
            problems.warning(
                    "render-generator",
                    generator.place("behavior"),
                    "there is no behavior " + behavior + ", and kustomize takes any other word for create",
                    "write create, merge or replace");
        }
        DataSources sources = new DataSources(folder, files, problems);
        sources.read(generator);
        GeneratorOptions options = GeneratorOptions.of(generator.map("options")).over(global);
        YamlMap node = secret ? secret(generator, sources) : configMap(sources, place);
        node.entries().put("kind", new YamlScalar(secret ? "Secret" : "ConfigMap", place));
        node.entries().put("apiVersion", new YamlScalar("v1", place));
        if (options.immutable()) {
            node.entries().put("immutable", new YamlScalar(true, place));
        }
        Resource resource = new Resource(node, place);
        resource.setName(name, place);
        resource.setMetadata("namespace", or(generator.text("namespace"), metadata.text("namespace")), place);
        resource.setTexts("labels", scalars(options.labels(), place), place);
        resource.setTexts("annotations", scalars(options.annotations(), place), place);
        resource.generated = true;
        resource.hashed = !options.disableNameSuffixHash();
        resource.behavior = CHANGING.contains(behavior) ? behavior : "create";
        resource.files.addAll(sources.paths());
        return resource;
    }

    private static String or(String text, String other) {
        return text.isEmpty() ? other : text;
    }

    private static Map<String, YamlNode> scalars(Map<String, String> texts, Location place) {
        Map<String, YamlNode> scalars = new LinkedHashMap<>();
        texts.forEach((key, value) -> scalars.put(key, new YamlScalar(value, place)));
        return scalars;
    }

    private static YamlMap configMap(DataSources sources, Location place) {
        Map<String, YamlNode> data = new LinkedHashMap<>();
        Map<String, YamlNode> binary = new LinkedHashMap<>();
        sources.values().forEach((key, bytes) -> {
            String text = DataSources.text(bytes);
            if (text != null) {
                data.put(key, new YamlScalar(text, place));
            } else {
                binary.put(key, new YamlScalar(base64(bytes), place));
            }
        });
        YamlMap node = new YamlMap(new LinkedHashMap<>(), place);
        if (!data.isEmpty()) {
            node.entries().put("data", new YamlMap(data, place));
        }
        if (!binary.isEmpty()) {
            node.entries().put("binaryData", new YamlMap(binary, place));
        }
        return node;
    }

    private static YamlMap secret(Fields generator, DataSources sources) {
        Location place = generator.place();
        Map<String, YamlNode> data = new LinkedHashMap<>();
        sources.values().forEach((key, bytes) -> data.put(key, new YamlScalar(base64(bytes), place)));
        YamlMap node = new YamlMap(new LinkedHashMap<>(), place);
        String type = generator.text("type");
        node.entries().put("type", new YamlScalar(type.isEmpty() ? "Opaque" : type, place));
        node.entries().put("data", new YamlMap(data, place));
        return node;
    }

    /** Longer values are broken into lines, and end with a line break then. */
    static String base64(byte[] bytes) {
        String encoded = Base64.getEncoder().encodeToString(bytes);
        if (encoded.length() < BASE64_LINE) {
            return encoded;
        }
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < encoded.length(); i += BASE64_LINE) {
            lines.append(encoded, i, Math.min(encoded.length(), i + BASE64_LINE))
                    .append('\n');
        }
        return lines.toString();
    }
}
