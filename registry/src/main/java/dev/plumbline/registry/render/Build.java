package dev.plumbline.registry.render;

import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.source.Snapshot;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds one kustomization and those below it: loads resources and bases in their written order, adds what is generated,
 * then transforms everything. Transforms only what loaded without an error, so that one mistake is not reported many times.
 */
final class Build {

    /** Deepest chain of bases. */
    static final int MAX_DEPTH = 50;

    private final Files files;
    private final Problems problems;
    private Configuration configuration = ConfigurationReader.byDefault();

    Build(Files files, Problems problems) {
        this.files = files;
        this.problems = problems;
    }

    /** The finished objects of a folder, in the order in which they were loaded. */
    Resources run(String folder) throws SourceException {
        Resources resources = accumulate(folder, Location.of(folder.isEmpty() ? "." : folder), List.of());
        if (!problems.anyError()) {
            ContentHash.apply(resources);
            new NameReferences(resources, problems).fix(configuration.references());
            resources.list().removeIf(Build::isLocal);
        }
        return resources;
    }

    /** Objects that kustomize's readers are told to keep to themselves. */
    private static boolean isLocal(Resource resource) {
        String local = resource.annotations().get("config.kubernetes.io/local-config");
        return local != null && !local.equals("false");
    }

    private Resources accumulate(String folder, Location place, List<String> above) throws SourceException {
        Resources resources = new Resources(problems);
        Kustomization kustomization = Kustomization.load(files, problems, folder, place);
        if (kustomization == null) {
            return resources;
        }
        List<String> chain = new ArrayList<>(above);
        chain.add(folder);
        Configuration outer = configuration;
        configuration = ConfigurationReader.byDefault();
        for (String field : List.of("resources", "bases")) {
            for (Fields.Text entry : kustomization.fields().texts(field)) {
                load(resources, kustomization, entry, chain);
            }
        }
        Configuration own = ConfigurationReader.of(kustomization, files, problems);
        configuration = configuration.merge(own, spec -> conflict(kustomization, spec));
        new GeneratedMerge(resources, problems).absorb(new DataGenerator(kustomization, files, problems).generate());
        transform(resources, kustomization);
        resources.list().forEach(resource -> resource.kustomizations.add(kustomization.file()));
        configuration = outer.merge(configuration, spec -> conflict(kustomization, spec));
        return resources;
    }

    private void conflict(Kustomization kustomization, FieldSpec spec) {
        problems.error(
                "render-conflicting-field-path",
                kustomization.fields().place("configurations"),
                "the field path " + spec.path() + " is configured here and in a base with different values of create",
                "use the same value in both");
    }

    private void transform(Resources resources, Kustomization kustomization) throws SourceException {
        List<Transformer> transformers = Transformers.of(kustomization, configuration, files, problems);
        for (Transformer transformer : transformers) {
            if (problems.anyError()) {
                return;
            }
            try {
                transformer.apply(resources);
                resources.idsChanged();
            } catch (BoundedPattern.TooManyStepsException e) {
                problems.error(
                        "render-slow-pattern",
                        Location.of(kustomization.file()),
                        "a regular expression of this file is too slow: " + e.getMessage(),
                        "write it without nested repetition");
            }
        }
    }

    private void load(Resources resources, Kustomization kustomization, Fields.Text entry, List<String> chain)
            throws SourceException {
        String path = files.resolve(kustomization.folder(), entry.value(), entry.place());
        if (path == null) {
            return;
        }
        Snapshot.Entry found = files.find(path);
        if (found == null) {
            problems.error(
                    "render-missing-file",
                    entry.place(),
                    "there is no file or folder " + path,
                    "add it, or remove it from resources");
        } else if (found.type() == Snapshot.Entry.Type.FOLDER) {
            base(resources, path, entry.place(), chain);
        } else {
            file(resources, kustomization, entry);
        }
    }

    private void base(Resources resources, String path, Location place, List<String> chain) throws SourceException {
        String visited = cycle(path, chain);
        if (visited != null) {
            problems.error(
                    "render-cycle",
                    place,
                    (path.isEmpty() ? "the root folder" : path) + " is or contains " + visited
                            + ", which is being built here: " + String.join(" > ", chain),
                    "remove the base that leads back");
        } else if (chain.size() >= MAX_DEPTH) {
            problems.error("render-too-deep", place, "bases are nested deeper than " + MAX_DEPTH, "flatten them");
        } else {
            resources.appendAll(accumulate(path, place, chain).list(), place);
        }
    }

    private static @Nullable String cycle(String path, List<String> chain) {
        for (String visited : chain) {
            if (visited.equals(path) || Files.isInside(path, visited)) {
                return visited.isEmpty() ? "the root folder" : visited;
            }
        }
        return null;
    }

    private void file(Resources resources, Kustomization kustomization, Fields.Text entry) throws SourceException {
        Snapshot.Entry file = files.file(kustomization.folder(), entry.value(), entry.place());
        List<YamlNode> documents = file == null ? null : files.yaml(file, entry.place());
        if (documents != null) {
            resources.appendAll(new ResourceReader(problems).read(documents), entry.place());
        }
    }
}
