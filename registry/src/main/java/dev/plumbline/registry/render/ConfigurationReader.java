package dev.plumbline.registry.render;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.source.Snapshot;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads {@code configurations:} files, and kustomize's own configuration from {@code default-configuration.json}. */
final class ConfigurationReader {

    private static final Configuration DEFAULT = defaults();

    private static final Collection<String> SPEC_FIELDS = List.of("group", "version", "kind", "path", "create");
    private static final Collection<String> KNOWN = known();

    private ConfigurationReader() {}

    static Configuration byDefault() {
        return DEFAULT;
    }

    /** The default and what the kustomization's own files add. */
    static Configuration of(Kustomization kustomization, Files files, Problems problems) throws SourceException {
        Configuration all = DEFAULT;
        for (LocatedText path : kustomization.fields().texts("configurations")) {
            Snapshot.Entry file = files.file(kustomization.folder(), path.value(), path.place());
            List<YamlNode> documents = file == null ? null : files.yaml(file, path.place());
            if (documents == null) {
                continue;
            }
            for (YamlNode document : documents) {
                if (document instanceof YamlMap map) {
                    all = all.merge(
                            read(new Fields(map, problems, Fields.Reading.CONFIGURATION)),
                            spec -> conflict(problems, spec, map));
                } else {
                    problems.error("render-wrong-type", document.location(), "a configuration is a map", "");
                }
            }
        }
        return all;
    }

    static void conflict(Problems problems, FieldSpec spec, YamlNode by) {
        problems.error(
                "render-conflicting-field-path",
                by.location(),
                "the field path " + spec.path() + " is known with another value of create",
                "give it create: " + !spec.create());
    }

    private static Configuration read(Fields fields) {
        fields.onlyKnown(KNOWN, "a configuration file");
        Map<Configuration.Purpose, List<FieldSpec>> specs = new EnumMap<>(Configuration.Purpose.class);
        for (Configuration.Purpose purpose : Configuration.Purpose.values()) {
            specs.put(purpose, specs(fields.maps(purpose.key())));
        }
        List<NameReference> references = new ArrayList<>();
        for (Fields reference : fields.maps("nameReference")) {
            reference.onlyKnown(List.of("group", "version", "kind", "fieldSpecs"), "a name reference");
            references.add(new NameReference(gvk(reference), specs(reference.maps("fieldSpecs"))));
        }
        return new Configuration(specs, references);
    }

    /** Field paths as kustomization and configuration files write them. */
    static List<FieldSpec> specs(List<Fields> written) {
        List<FieldSpec> specs = new ArrayList<>();
        for (Fields spec : written) {
            spec.onlyKnown(SPEC_FIELDS, "a field path");
            specs.add(FieldSpec.of(gvk(spec), spec.text("path"), spec.flag("create")));
        }
        return specs;
    }

    /** Go's reader takes numbers for text in the field path itself only. */
    private static Gvk gvk(Fields fields) {
        return new Gvk(fields.exactText("group"), fields.exactText("version"), fields.exactText("kind"));
    }

    private static Collection<String> known() {
        Collection<String> known = new TreeSet<>(List.of("nameReference"));
        for (Configuration.Purpose purpose : Configuration.Purpose.values()) {
            known.add(purpose.key());
        }
        return known;
    }

    private static Configuration defaults() {
        Map<String, @Nullable Object> data = BuiltInKinds.resource("default-configuration.json");
        Map<Configuration.Purpose, List<FieldSpec>> specs = new EnumMap<>(Configuration.Purpose.class);
        for (Configuration.Purpose purpose : Configuration.Purpose.values()) {
            specs.put(purpose, defaultSpecs(Tree.maps(data, purpose.key())));
        }
        List<NameReference> references = new ArrayList<>();
        for (Map<String, @Nullable Object> reference : Tree.maps(data, "nameReference")) {
            references.add(new NameReference(gvk(reference), defaultSpecs(Tree.maps(reference, "fieldSpecs"))));
        }
        return new Configuration(specs, references);
    }

    private static List<FieldSpec> defaultSpecs(List<Map<String, @Nullable Object>> written) {
        return written.stream()
                .map(spec ->
                        FieldSpec.of(gvk(spec), Tree.text(spec, "path"), Boolean.TRUE.equals(Tree.at(spec, "create"))))
                .toList();
    }

    private static Gvk gvk(Map<String, @Nullable Object> fields) {
        return new Gvk(Tree.text(fields, "group"), Tree.text(fields, "version"), Tree.text(fields, "kind"));
    }
}
