package dev.plumbline.registry.render;

import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.source.Snapshot;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Builds one kustomization and those below it: loads resources and bases in their written order, adds what is generated, lets
 * components work upon it, then transforms and validates everything. Transforms only what loaded without an error, so that
 * one mistake is not reported many times.
 */
final class Build {

    private final Files files;
    private final Problems problems;
    private final ArgoAwareness argo;
    private final Reuse reuse;
    private BuildMetadata metadata;

    Build(Files files, Problems problems, RenderOptions options, Reuse reuse) {
        this.files = files;
        this.problems = problems;
        this.argo = new ArgoAwareness(options, problems);
        this.reuse = reuse;
        this.metadata = BuildMetadata.none();
    }

    /** The finished objects of a folder in the order in which they are written; none where an error was found. */
    List<Resource> run(String folder) throws SourceException {
        Location place = Location.of(folder.isEmpty() ? "." : folder);
        Kustomization root = Kustomization.load(files, problems, folder, place);
        if (root == null) {
            return List.of();
        }
        metadata = BuildMetadata.of(root.fields(), problems);
        Accumulated all = folder(folder, Chain.start(), "", place);
        return problems.anyError() ? List.of() : new Finish(metadata, argo, problems, reuse).run(all, root, folder);
    }

    /**
     * What a folder gives: as an earlier build left it where nothing that it looked at has changed, else built. With an error a
     * build stops early, so that what a folder is then counts for nothing later; with metadata it depends on who builds it.
     */
    private Accumulated folder(String folder, Chain above, String trace, Location place) throws SourceException {
        Part<Accumulated> old = metadata.isNone() ? reuse.accumulated(folder) : null;
        if (old != null && isUsable(old.value(), above) && files.surelyFits(old)) {
            old.value().removed().forEach(argo::removed);
            return files.again(old);
        }
        BuildMemory memory = old == null ? null : old.value().memory();
        Part<Accumulated> part = files.part(folder, () -> build(folder, above, trace, place, memory));
        if (!problems.anyError() && metadata.isNone()) {
            reuse.keep(folder, part);
        }
        return part.value();
    }

    private boolean isUsable(Accumulated old, Chain above) {
        return !problems.anyError() && old.memory() != null && above.admits(old.memory());
    }

    private Accumulated build(String folder, Chain above, String trace, Location place, @Nullable BuildMemory old)
            throws SourceException {
        Site site = site(folder, above, trace, place, old);
        if (site == null) {
            return Accumulated.none();
        }
        Accumulation own = new Accumulation(problems);
        int removed = argo.removed().size();
        accumulate(site, own);
        return new Accumulated(
                List.copyOf(own.resources.list()),
                own.configuration,
                own.vars.all(),
                List.copyOf(argo.removed().subList(removed, argo.removed().size())),
                site.kustomization().component(),
                site.memory());
    }

    private @Nullable Site site(String folder, Chain above, String trace, Location place, @Nullable BuildMemory old)
            throws SourceException {
        Part<Optional<Kustomization>> read =
                files.part(() -> Optional.ofNullable(Kustomization.load(files, problems, folder, place)));
        Kustomization kustomization = read.value().orElse(null);
        return kustomization == null
                ? null
                : new Site(kustomization, above.with(folder), trace, new BuildMemory(folder, read.reads()), old);
    }

    /** Works through one kustomization; what its base brings with it holds from then on. */
    private void accumulate(Site site, Accumulation into) throws SourceException {
        Kustomization kustomization = site.kustomization();
        if (kustomization.fields().has("openapi")) {
            reuse.forbid();
        }
        OpenApi.current().use(kustomization, files, problems);
        into.resources.expect(site.old() == null ? List.of() : site.old().loaded);
        for (LocatedText entry : files.listed(kustomization)) {
            load(into, site, entry);
        }
        site.memory().loaded = into.resources.loaded();
        configure(into, ConfigurationReader.of(kustomization, files, problems), kustomization);
        configure(into, CrdReader.read(kustomization, files, problems), kustomization);
        generate(into, site);
        for (LocatedText entry : kustomization.fields().texts("components")) {
            component(into, site, entry);
        }
        Steps steps = new Steps(metadata, argo, problems, Location.of(kustomization.file()));
        Configuration configuration = into.configuration;
        String trace = site.traceOfFile();
        run(steps, into, site, () -> Transformers.of(kustomization, configuration, trace, files, problems));
        run(steps, into, site, () -> plugins(site, "transformers"));
        Validation.run(plugins(site, "validators"), steps, into.resources, metadata, problems);
        into.vars.add(kustomization, into.resources);
        run(steps, into, site, () -> List.of(Step.passedThrough(kustomization.file())));
    }

    private void run(Steps steps, Accumulation into, Site site, Part.Making<List<Step>> making) throws SourceException {
        Part<List<Step>> made = files.part(making);
        Stages.Results before = site.memory().before(site.old(), made.reads(), into.configuration);
        Stages.Results results = steps.run(made.value(), into.resources, before);
        site.memory().ran(made.reads(), into.configuration, results);
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
        BuildMemory old = site.old();
        Part<List<Resource>> generated = old == null || !old.sameFile(site.memory()) ? null : old.generated;
        if (generated != null && metadata.isNone() && !problems.anyError() && files.fits(generated)) {
            files.again(generated);
        } else {
            generated = files.part(() -> generated(site));
        }
        site.memory().generated = generated;
        GeneratedMerge merge = new GeneratedMerge(into.resources, problems);
        generated.value().forEach(merge::absorb);
    }

    private List<Resource> generated(Site site) throws SourceException {
        DataGenerator own = new DataGenerator(site.kustomization().folder(), files, problems);
        List<Resource> all = new ArrayList<>();
        for (Resource made : own.generate(site.kustomization().fields())) {
            metadata.made(made, Trace.field(site.traceOfFile(), made.kind() + "Generator"));
            all.add(made.shared());
        }
        for (Resource config : configs(site, "generators")) {
            Resource made = PluginGenerators.make(config, site.kustomization(), files, problems);
            if (made != null) {
                metadata.made(made, Trace.plugin(config));
                made.kustomizations.addAll(config.kustomizations);
                all.add(made.shared());
            }
        }
        return all;
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
        List<LocatedText> paths = new ArrayList<>();
        for (LocatedText entry : site.kustomization().fields().texts(field)) {
            List<Resource> inline = InlinePlugins.read(entry, problems);
            if (inline == null) {
                paths.add(entry);
            } else {
                metadata.loaded(inline, site.traceOfFile());
                configs.resources.appendAll(inline, entry.place());
            }
        }
        for (LocatedText path : paths) {
            load(configs, site, path);
        }
        return configs.resources.list();
    }

    private void load(Accumulation into, Site site, LocatedText entry) throws SourceException {
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
            file(into, site, path, entry);
        }
    }

    private void file(Accumulation into, Site site, String path, LocatedText entry) throws SourceException {
        Part<List<Resource>> known =
                site.old() == null ? null : site.old().files.get(path);
        if (known != null && metadata.isNone() && !problems.anyError() && files.fits(known)) {
            files.again(known);
        } else {
            known = files.part(() -> read(site, entry));
        }
        site.memory().files.put(path, known);
        into.resources.appendAll(known.value(), entry.place());
    }

    private List<Resource> read(Site site, LocatedText entry) throws SourceException {
        Snapshot.Entry file = files.file(site.kustomization().folder(), entry.value(), entry.place());
        List<YamlNode> documents = file == null ? null : files.yaml(file, entry.place());
        if (documents == null) {
            return List.of();
        }
        List<Resource> read = new ArrayList<>(new ResourceReader(problems).read(documents));
        if (!metadata.isNone()) {
            read.replaceAll(resource -> resource.shared().changeable());
            metadata.loaded(read, Trace.join(site.trace(), entry.value()));
        }
        read.replaceAll(Resource::shared);
        return read;
    }

    private void base(Accumulation into, Site site, String path, LocatedText entry) throws SourceException {
        if (site.chain().leadsBack(path, entry.place(), problems)) {
            return;
        }
        Accumulated base = folder(path, site.chain(), Trace.join(site.trace(), entry.value()), entry.place());
        if (base.component()) {
            problems.error(
                    "render-component",
                    entry.place(),
                    path + " is a component, which is not built by itself",
                    "list it under components");
            return;
        }
        if (base.memory() != null) {
            site.memory().contains(base.memory());
        }
        into.resources.appendAll(base.objects(), entry.place());
        into.vars.addAll(base.vars());
        configure(into, base.configuration(), site.kustomization());
    }

    private void component(Accumulation into, Site site, LocatedText entry) throws SourceException {
        String path = files.resolve(site.kustomization().folder(), entry.value(), entry.place());
        Snapshot.Entry found = path == null ? null : files.find(path);
        if (path == null) {
            return;
        } else if (found == null || found.type() != Snapshot.Entry.Type.FOLDER) {
            problems.error(
                    "render-missing-file",
                    entry.place(),
                    found == null ? "there is no folder " + path : path + Files.what(found),
                    "name the folder of a component, or remove the entry");
            return;
        }
        if (site.chain().leadsBack(path, entry.place(), problems)) {
            return;
        }
        BuildMemory old = site.old() == null ? null : site.old().components.get(path);
        Site component = site(path, site.chain(), Trace.join(site.trace(), entry.value()), entry.place(), old);
        if (component == null) {
            return;
        }
        if (!component.kustomization().component()) {
            problems.error(
                    "render-component",
                    entry.place(),
                    path + " is no component",
                    "list it under resources, or write kind: Component in its kustomization file");
            return;
        }
        accumulate(component, into);
        into.resources.checkTwins();
        site.memory().components.put(path, component.memory());
        site.memory().contains(component.memory());
    }
}
