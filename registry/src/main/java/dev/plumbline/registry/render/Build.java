package dev.plumbline.registry.render;

import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.source.Snapshot;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds one kustomization and those below it: loads resources and bases in their written order, adds what is generated, lets
 * components work upon it, then transforms and validates everything. Transforms only what loaded without an error, so that
 * one mistake is not reported many times.
 */
final class Build {

    /** Deepest chain of bases and components. */
    static final int MAX_DEPTH = 50;

    private final Files files;
    private final Problems problems;
    private final ArgoAwareness argo;
    private BuildMetadata metadata;

    /**
     * Where the build is.
     *
     * @param kustomization what is being worked through
     * @param chain the folders that led there, its own one last
     * @param trace its folder as seen from the folder that is built
     */
    private record Site(Kustomization kustomization, List<String> chain, String trace) {

        String traceOfFile() {
            return Trace.join(trace, kustomization.fileName());
        }
    }

    Build(Files files, Problems problems, RenderOptions options) {
        this.files = files;
        this.problems = problems;
        this.argo = new ArgoAwareness(options, problems);
        this.metadata = BuildMetadata.none();
    }

    /** The finished objects of a folder in the order in which they are written; none where an error was found. */
    List<Resource> run(String folder) throws SourceException {
        Kustomization root = Kustomization.load(files, problems, folder, Location.of(folder.isEmpty() ? "." : folder));
        if (root == null) {
            return List.of();
        }
        metadata = BuildMetadata.of(root.fields(), problems);
        Accumulation all = new Accumulation(problems);
        accumulate(new Site(root, List.of(folder), ""), all);
        List<Resource> list = all.resources.list();
        if (!problems.anyError()) {
            ContentHash.apply(all.resources);
            NameReferences names = new NameReferences(all.resources, problems);
            names.fix(all.configuration.references());
            new ArgoReferences(names, argo).fix(all.resources);
            all.vars.resolve(all.resources, all.configuration.of(Configuration.Purpose.VAR_REFERENCE));
            list.removeIf(Build::isLocal);
            SortOrder.sort(list, root.fields(), problems);
            metadata.finish(list, problems);
        }
        return list;
    }

    /** Objects that kustomize's readers are told to keep to themselves. */
    private static boolean isLocal(Resource resource) {
        String local = resource.annotations().get("config.kubernetes.io/local-config");
        return local != null && !local.equals("false");
    }

    /** Works through one kustomization; what its base brings with it holds from then on. */
    private void accumulate(Site site, Accumulation into) throws SourceException {
        Kustomization kustomization = site.kustomization();
        OpenApi.current().use(kustomization, files, problems);
        for (String field : List.of("resources", "bases")) {
            for (Fields.Text entry : kustomization.fields().texts(field)) {
                load(into, site, entry);
            }
        }
        configure(into, ConfigurationReader.of(kustomization, files, problems), kustomization);
        configure(into, CrdReader.read(kustomization, files, problems), kustomization);
        generate(into, site);
        for (Fields.Text entry : kustomization.fields().texts("components")) {
            component(into, site, entry);
        }
        Steps steps = new Steps(metadata, argo, problems, Location.of(kustomization.file()));
        steps.run(
                Transformers.of(kustomization, into.configuration, site.traceOfFile(), files, problems),
                into.resources);
        steps.run(plugins(site, "transformers"), into.resources);
        for (Step validator : plugins(site, "validators")) {
            new Validation(into.resources, problems).run(steps, validator);
        }
        into.vars.add(kustomization, into.resources);
        into.resources.list().forEach(resource -> resource.passed(kustomization.file()));
    }

    private void configure(Accumulation into, Configuration more, Kustomization kustomization) {
        into.configuration = into.configuration.merge(
                more,
                spec -> problems.error(
                        "render-conflicting-field-path",
                        kustomization.fields().place("configurations"),
                        "the field path " + spec.path()
                                + " is configured here and in a base or component with different values of create",
                        "use the same value in both"));
    }

    private void generate(Accumulation into, Site site) throws SourceException {
        GeneratedMerge merge = new GeneratedMerge(into.resources, problems);
        DataGenerator own = new DataGenerator(site.kustomization().folder(), files, problems);
        for (Resource made : own.generate(site.kustomization().fields())) {
            metadata.made(made, Trace.field(site.traceOfFile(), made.kind() + "Generator"));
            merge.absorb(made);
        }
        for (Resource config : configs(site, "generators")) {
            Resource made = PluginGenerators.make(config, site.kustomization(), files, problems);
            if (made != null) {
                metadata.made(made, Trace.plugin(config));
                made.kustomizations.addAll(config.kustomizations);
                merge.absorb(made);
            }
        }
    }

    private List<Step> plugins(Site site, String field) throws SourceException {
        List<Step> steps = new ArrayList<>();
        for (Resource config : configs(site, field)) {
            steps.add(PluginTransformers.of(config, site.kustomization(), files, problems));
        }
        return steps;
    }

    /** The plugins that a field asks for: those written in it first, then those of files and folders. */
    private List<Resource> configs(Site site, String field) throws SourceException {
        Accumulation configs = new Accumulation(problems);
        List<Fields.Text> paths = new ArrayList<>();
        for (Fields.Text entry : site.kustomization().fields().texts(field)) {
            List<Resource> inline = InlinePlugins.read(entry, problems);
            if (inline == null) {
                paths.add(entry);
            } else {
                metadata.loaded(inline, site.traceOfFile());
                configs.resources.appendAll(inline, entry.place());
            }
        }
        for (Fields.Text path : paths) {
            load(configs, site, path);
        }
        return configs.resources.list();
    }

    private void load(Accumulation into, Site site, Fields.Text entry) throws SourceException {
        String path = files.resolve(site.kustomization().folder(), entry.value(), entry.place());
        if (path == null) {
            return;
        }
        Snapshot.Entry found = files.find(path);
        if (found == null) {
            problems.error(
                    "render-missing-file",
                    entry.place(),
                    "there is no file or folder " + path,
                    "add it, or remove the entry");
        } else if (found.type() == Snapshot.Entry.Type.FOLDER) {
            base(into, site, path, entry);
        } else {
            file(into, site, entry);
        }
    }

    private void file(Accumulation into, Site site, Fields.Text entry) throws SourceException {
        Snapshot.Entry file = files.file(site.kustomization().folder(), entry.value(), entry.place());
        List<YamlNode> documents = file == null ? null : files.yaml(file, entry.place());
        if (documents != null) {
            List<Resource> read = new ResourceReader(problems).read(documents);
            metadata.loaded(read, Trace.join(site.trace(), entry.value()));
            into.resources.appendAll(read, entry.place());
        }
    }

    private void base(Accumulation into, Site site, String path, Fields.Text entry) throws SourceException {
        Kustomization base = below(site, path, entry.place());
        if (base == null) {
            return;
        }
        if (base.component()) {
            problems.error(
                    "render-component",
                    entry.place(),
                    path + " is a component, which is not built by itself",
                    "list it under components");
            return;
        }
        Accumulation own = new Accumulation(problems);
        accumulate(siteBelow(site, base, entry), own);
        into.resources.appendAll(own.resources.list(), entry.place());
        into.vars.addAll(own.vars);
        configure(into, own.configuration, site.kustomization());
    }

    private void component(Accumulation into, Site site, Fields.Text entry) throws SourceException {
        String path = files.resolve(site.kustomization().folder(), entry.value(), entry.place());
        Snapshot.Entry found = path == null ? null : files.find(path);
        if (path == null) {
            return;
        }
        if (found == null || found.type() != Snapshot.Entry.Type.FOLDER) {
            problems.error(
                    "render-missing-file",
                    entry.place(),
                    found == null ? "there is no folder " + path : path + Files.what(found),
                    "name the folder of a component, or remove the entry");
            return;
        }
        Kustomization component = below(site, path, entry.place());
        if (component == null) {
            return;
        }
        if (!component.component()) {
            problems.error(
                    "render-component",
                    entry.place(),
                    path + " is no component",
                    "list it under resources, or write kind: Component in its kustomization file");
            return;
        }
        accumulate(siteBelow(site, component, entry), into);
    }

    private static Site siteBelow(Site site, Kustomization kustomization, Fields.Text entry) {
        List<String> chain = new ArrayList<>(site.chain());
        chain.add(kustomization.folder());
        return new Site(kustomization, chain, Trace.join(site.trace(), entry.value()));
    }

    /** The kustomization of a folder that another names; null, with a finding, where it leads in circles. */
    private @Nullable Kustomization below(Site site, String path, Location place) throws SourceException {
        String visited = cycle(path, site.chain());
        if (visited != null) {
            problems.error(
                    "render-cycle",
                    place,
                    (path.isEmpty() ? "the root folder" : path) + " is or contains " + visited
                            + ", which is being built here: " + String.join(" > ", site.chain()),
                    "remove the base or component that leads back");
            return null;
        }
        if (site.chain().size() >= MAX_DEPTH) {
            problems.error(
                    "render-too-deep",
                    place,
                    "bases or components are nested deeper than " + MAX_DEPTH,
                    "flatten them");
            return null;
        }
        return Kustomization.load(files, problems, path, place);
    }

    private static @Nullable String cycle(String path, List<String> chain) {
        for (String visited : chain) {
            if (visited.equals(path) || Files.isInside(path, visited)) {
                return visited.isEmpty() ? "the root folder" : visited;
            }
        }
        return null;
    }
}
