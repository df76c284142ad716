package dev.plumbline.registry.render;

import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.model.Workers;
import dev.plumbline.registry.source.Snapshot;
import dev.plumbline.registry.source.SourceException;
import java.util.List;

/**
 * Renders a folder of a commit as {@code kustomize build} (v5.8.2) does. The next commit costs what changed: builds share
 * what they made of equal files, see {@link Part}, {@link Accumulated}, {@link Stages} and {@link FixedNames}. Safe for use by
 * many threads.
 */
public final class Renderer {

    /** Stands for everything that may change what equal files render to; part of every cache key. */
    public static final String VERSION = "plumbline-render-v1";

    /** Most bytes, roughly, of what builds leave for later ones, where nobody gives another bound. */
    public static final long MAX_KEPT_BYTES = 192L * 1024 * 1024;

    /** Which part of the bound parsed files may take beside what was made of them. */
    private static final int PARSED_PART = 4;

    /** Names of the file that makes a folder a kustomization, as kustomize accepts them. */
    public static final List<String> KUSTOMIZATION_FILES =
            List.of("kustomization.yaml", "kustomization.yml", "Kustomization");

    /** Rule of what leads out of the tree that is rendered. */
    public static final String OUT_OF_THE_TREE = "render-path";

    private final ParsedFiles parsed;
    private final Kept kept;
    private final RenderOptions options;
    private final Workers workers;

    /** Renders exactly as kustomize does, and keeps as much as it may. */
    public Renderer() {
        this(MAX_KEPT_BYTES);
    }

    /**
     * Renders exactly as kustomize does.
     *
     * @param keptBytes most bytes, roughly, of what builds leave for later ones; 0 where there is no later one
     */
    public Renderer(long keptBytes) {
        this(
                new ParsedFiles(keptBytes / PARSED_PART),
                new Kept(keptBytes - keptBytes / PARSED_PART),
                RenderOptions.PLAIN,
                Workers.ALONE);
    }

    private Renderer(ParsedFiles parsed, Kept kept, RenderOptions options, Workers workers) {
        this.parsed = parsed;
        this.kept = kept;
        this.options = options;
        this.workers = workers;
    }

    /** A renderer with these options that shares what is kept with this one. */
    public Renderer with(RenderOptions other) {
        return new Renderer(parsed, kept, other, workers);
    }

    /** A renderer that has several files read at a time, and shares what is kept with this one. */
    public Renderer with(Workers others) {
        return new Renderer(parsed, kept, options, others);
    }

    /** What this renderer does beyond kustomize; part of every cache key. */
    public RenderOptions options() {
        return options;
    }

    /**
     * Renders the kustomization in a folder with this renderer's options.
     *
     * @param path the folder, as the Snapshot writes paths; empty for the root
     * @return the objects, or the errors that kept it from rendering
     * @throws SourceException when the Snapshot cannot be read
     */
    public Rendering render(Snapshot snapshot, String path) throws SourceException {
        return render(snapshot, path, options);
    }

    /**
     * Renders the kustomization in a folder.
     *
     * @param path the folder, as the Snapshot writes paths; empty for the root
     * @param with what to do beyond kustomize's own behaviour
     * @return the objects, or the errors that kept it from rendering
     * @throws SourceException when the Snapshot cannot be read
     */
    public Rendering render(Snapshot snapshot, String path, RenderOptions with) throws SourceException {
        try {
            return OpenApi.during(() -> build(snapshot, path, with, new Reuse(kept, VERSION + " " + with.key())));
        } catch (Reuse.NotPossibleException e) {
            return OpenApi.during(() -> build(snapshot, path, with, Reuse.none()));
        }
    }

    private Rendering build(Snapshot snapshot, String path, RenderOptions with, Reuse reuse) throws SourceException {
        Problems problems = new Problems();
        Files files = new Files(snapshot, parsed, problems, workers);
        Part<List<Manifest>> part = files.part(() -> objects(files, problems, path, with, reuse));
        return new Rendering(problems.anyError() ? List.of() : part.value(), problems.list(), part.reads());
    }

    private List<Manifest> objects(Files files, Problems problems, String path, RenderOptions with, Reuse reuse)
            throws SourceException {
        Snapshot.Entry folder = path.isEmpty() ? null : files.find(path);
        if (!path.isEmpty() && (folder == null || folder.type() != Snapshot.Entry.Type.FOLDER)) {
            problems.error(
                    "render-no-kustomization",
                    Location.of(path),
                    folder == null ? "there is no folder " + path : path + Files.what(folder),
                    "correct the path of the sync, or add the folder");
            return List.of();
        }
        List<Resource> resources = new Build(files, problems, with, reuse).run(path);
        if (problems.anyError()) {
            return List.of();
        }
        List<Manifest> objects =
                workers.each(resources.size(), i -> resources.get(i).derived().manifest());
        resources.forEach(resource -> checkWritable(resource, problems));
        checkEmpty(objects, path, problems);
        return objects;
    }

    private static void checkWritable(Resource resource, Problems problems) {
        Unwritable found = resource.derived().unwritable();
        if (found != null) {
            problems.error(found.rule(), found.place(), resource.id() + ": " + found.reason(), found.fix());
        }
    }

    /** An empty tree is taken for a mistake, because applying it would delete everything. */
    private static void checkEmpty(List<Manifest> objects, String path, Problems problems) {
        if (objects.isEmpty()) {
            problems.error(
                    "render-empty",
                    Location.of(path.isEmpty() ? "." : path),
                    "renders to no object at all",
                    "list something under resources; to remove everything, suspend and delete the sync");
        }
    }
}
