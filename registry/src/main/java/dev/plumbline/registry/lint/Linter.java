package dev.plumbline.registry.lint;

import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.model.Recent;
import dev.plumbline.registry.model.Workers;
import dev.plumbline.registry.release.ObjectChecks;
import dev.plumbline.registry.release.PolicyFiles;
import dev.plumbline.registry.render.Renderer;
import dev.plumbline.registry.source.Snapshot;
import dev.plumbline.registry.source.SourceException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Lints repositories. What equal files render to, and what was said about equal objects, is
 * made once for all overlays and for later lints. Safe for many threads. */
public final class Linter {

    /** Most files beside kustomizations that are remembered as they were read. */
    private static final int MAX_FILES = 2_000;

    private final Renderer renderer;
    private final ObjectChecks checks;
    private final Workers workers;
    private final PolicyFiles policies = new PolicyFiles();
    private final Recent<LooseFiles.Question, LooseFiles.Read> files = new Recent<>(MAX_FILES);

    /** Lints what this renderer makes, and remembers what was said. */
    public Linter(Renderer renderer) {
        this(renderer, new ObjectChecks(), Workers.ALONE);
    }

    private Linter(Renderer renderer, ObjectChecks checks, Workers workers) {
        this.renderer = renderer;
        this.checks = checks;
        this.workers = workers;
    }

    /**
     * Lints what this renderer makes once, and remembers nothing of it.
     *
     * @param workers read and check several files and objects at a time
     */
    public static Linter once(Renderer renderer, Workers workers) {
        return new Linter(renderer.with(workers), ObjectChecks.once(), workers);
    }

    /**
     * Everything that is wrong in a repository.
     *
     * @param snapshot the repository
     * @param options what is checked, and by what
     * @throws SourceException when the Snapshot cannot be read
     */
    public LintReport lint(Snapshot snapshot, LintOptions options) throws SourceException {
        LintConfiguration configuration = LintConfiguration.read(snapshot);
        Set<ObjectKey> declared = new HashSet<>(options.declared());
        declared.addAll(configuration.declared());
        LintRun run = new LintRun(snapshot, renderer, checks, policies, files, options, declared, workers);
        run.report(configuration.findings());
        run.overlays(overlays(snapshot, options, configuration, run));
        run.loose();
        return run.end();
    }

    /**
     * The overlays of a repository: those that its configuration names, else every kustomization that no other one names.
     *
     * @throws SourceException when the Snapshot cannot be read
     */
    public static List<String> overlays(Snapshot snapshot) throws SourceException {
        LintConfiguration configuration = LintConfiguration.read(snapshot);
        if (!configuration.overlays().isEmpty()) {
            return configuration.overlays();
        }
        FileTree tree = new FileTree(snapshot, configuration.ignored());
        tree.look("");
        return Kustomizations.read(snapshot, tree.kustomizations()).tops();
    }

    /** Which overlays are rendered. Notes on the way which files may be loose ones. */
    private static List<String> overlays(
            Snapshot snapshot, LintOptions options, LintConfiguration configuration, LintRun run)
            throws SourceException {
        boolean given = !options.overlays().isEmpty();
        if (given && options.roots().isEmpty()) {
            return options.overlays();
        }
        FileTree tree = new FileTree(snapshot, configuration.ignored());
        List<String> roots = options.roots().isEmpty() ? List.of("") : options.roots();
        for (String root : roots) {
            tree.look(root);
        }
        Kustomizations kustomizations = Kustomizations.read(snapshot, tree.kustomizations());
        run.candidates(tree, kustomizations);
        if (given) {
            return options.overlays();
        }
        boolean configured =
                options.roots().isEmpty() && !configuration.overlays().isEmpty();
        return configured ? configuration.overlays() : kustomizations.tops();
    }
}
