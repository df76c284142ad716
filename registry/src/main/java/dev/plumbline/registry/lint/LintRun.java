package dev.plumbline.registry.lint;

import dev.plumbline.registry.argo.Reference;
import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.model.Recent;
import dev.plumbline.registry.model.Workers;
import dev.plumbline.registry.release.ObjectChecks;
import dev.plumbline.registry.release.PolicyFiles;
import dev.plumbline.registry.render.Renderer;
import dev.plumbline.registry.render.Rendering;
import dev.plumbline.registry.source.Snapshot;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.validate.Rule;
import dev.plumbline.registry.validate.Validation;
import dev.plumbline.registry.version.Versions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One lint: overlays first, then what stands beside them. */
final class LintRun {

    /** Rules that ask whether something may be kept applied; loose objects are started. */
    private static final Set<String> OF_STATE = Set.of("generate-name");

    /** With fewer objects, what each worker prepares costs more than what it takes off the others. */
    private static final int LEAST_SHARED = 16;

    private final Snapshot snapshot;
    private final Renderer renderer;
    private final ObjectChecks checks;
    private final PolicyFiles policies;
    private final Recent<LooseFiles.Question, LooseFiles.Read> remembered;
    private final LintOptions options;
    private final Set<ObjectKey> declared;
    private final Workers workers;
    private final Collected collected = new Collected();
    private final Suppressions suppressions = new Suppressions();
    private final List<Environment> environments = new ArrayList<>();
    private final List<String> overlays = new ArrayList<>();
    private final Map<String, List<Manifest>> examples = new HashMap<>();
    private final Set<String> read = new HashSet<>();
    private @Nullable FileTree tree;
    private @Nullable Kustomizations kustomizations;
    private boolean anyBroken;
    private int checked;

    LintRun(
            Snapshot snapshot,
            Renderer renderer,
            ObjectChecks checks,
            PolicyFiles policies,
            Recent<LooseFiles.Question, LooseFiles.Read> remembered,
            LintOptions options,
            Set<ObjectKey> declared,
            Workers workers) {
        this.snapshot = snapshot;
        this.renderer = renderer;
        this.checks = checks;
        this.policies = policies;
        this.remembered = remembered;
        this.options = options;
        this.declared = declared;
        this.workers = workers;
    }

    /** Reports what no overlay is concerned with. */
    void report(Collection<Finding> findings) {
        findings.forEach(finding -> collected.add(finding, List.of(), ""));
    }

    /** Says which files may be loose: those of the tree that no kustomization names. */
    void candidates(FileTree found, Kustomizations read) {
        tree = found;
        kustomizations = read;
    }

    /** Renders and checks overlays. */
    void overlays(List<String> folders) throws SourceException {
        for (String folder : folders) {
            Rendering rendering = renderer.render(snapshot, folder);
            overlays.add(folder);
            read.addAll(rendering.readSet());
            report(folder, rendering.findings());
            if (rendering.broken()) {
                // What is missing from it would be blamed on what is there.
                anyBroken = true;
                continue;
            }
            List<Manifest> objects = rendering.objects();
            check(folder, objects, objects, options.rules());
            report(
                    folder,
                    Versions.version(objects).findings().stream()
                            .filter(Finding::isError)
                            .toList());
            environments.addAll(Environment.of(folder, objects));
        }
    }

    private void report(String overlay, Collection<Finding> findings) {
        List<String> names = overlay.isEmpty() ? List.of() : List.of(overlay);
        findings.forEach(finding -> collected.add(finding, names, ""));
    }

    /** Checks objects, which are part of what is there. */
    private void check(String overlay, List<Manifest> objects, List<Manifest> there, List<Rule> rules)
            throws SourceException {
        List<String> names = overlay.isEmpty() ? List.of() : List.of(overlay);
        int parts = objects.size() < LEAST_SHARED ? 1 : workers.count();
        int part = Math.ceilDiv(objects.size(), parts);
        List<List<Finding>> found =
                workers.each(parts, i -> findings(part(objects, i * part, part), there, rules)).stream()
                        .flatMap(List::stream)
                        .toList();
        for (int i = 0; i < objects.size(); i++) {
            Manifest object = objects.get(i);
            for (Finding one : found.get(i)) {
                Finding finding = MinimalCrds.judged(one, options.argo());
                collected.add(finding, names, suppressions.reason(object, finding));
            }
            suppressions.done(object, overlay);
            checked++;
        }
        report(overlay, policies.judge(snapshot, objects, there));
    }

    private static <T> List<T> part(List<T> all, int from, int size) {
        return all.subList(Math.min(from, all.size()), Math.min(from + size, all.size()));
    }

    /** What is wrong with each of these objects. */
    private List<List<Finding>> findings(List<Manifest> objects, List<Manifest> there, List<Rule> rules) {
        Validation validation = checks.validation(there, declared, rules, options.argo());
        List<List<Finding>> found = new ArrayList<>();
        for (Manifest object : objects) {
            List<Finding> findings = new ArrayList<>(validation.of(object));
            findings.addAll(checks.ofSchemas(object, findings));
            found.add(findings);
        }
        return found;
    }

    /** Checks the files that no kustomization has anything to do with. */
    void loose() throws SourceException {
        List<Manifest> objects = looseObjects();
        List<Environment> known = environments.isEmpty() ? Environment.ofLoose(objects) : environments;
        List<List<Integer>> places = places(objects, known);
        List<Rule> rules = options.rules().stream()
                .filter(rule -> !OF_STATE.contains(rule.id()))
                .toList();
        for (int i = 0; i < known.size(); i++) {
            Environment environment = known.get(i);
            if (!places.get(i).isEmpty()) {
                List<Manifest> placed = objects.stream().map(environment::place).toList();
                List<Manifest> there = new ArrayList<>(environment.rendered());
                there.addAll(placed);
                List<Manifest> here = places.get(i).stream().map(placed::get).toList();
                check(environment.overlay(), here, there, rules);
                examples.computeIfAbsent(environment.overlay(), _ -> new ArrayList<>())
                        .addAll(here);
            }
        }
    }

    private List<Manifest> looseObjects() throws SourceException {
        if (tree == null || kustomizations == null) {
            return List.of();
        }
        LooseFiles loose = new LooseFiles(snapshot, remembered, workers);
        for (String path : tree.manifests()) {
            if (options.roots().contains(path)) {
                loose.named(path);
            } else if (!read.contains(path)
                    && !kustomizations.names(path)
                    && !path.equals(LintConfiguration.FILE)
                    && !path.startsWith(PolicyFiles.FOLDER + "/")) {
                loose.found(path, options.roots().isEmpty());
            }
        }
        loose.read();
        report(loose.findings());
        if (tree.isFull()) {
            report(List.of(Finding.error(
                    "lint-too-many-files",
                    Location.of("."),
                    "there are more than " + FileTree.MAX_ENTRIES + " files and folders; the others are not looked at",
                    "name folders that need no look under 'ignore' in " + LintConfiguration.FILE)));
        }
        return loose.objects();
    }

    /**
     * Where each loose object is checked: in each overlay that has most of the templates that it names. For each environment the
     * positions of objects.
     */
    private List<List<Integer>> places(List<Manifest> loose, List<Environment> known) {
        Set<ObjectKey> keys = new HashSet<>();
        loose.forEach(object -> keys.add(object.key()));
        List<List<Integer>> places = new ArrayList<>();
        known.forEach(_ -> places.add(new ArrayList<>()));
        for (int position = 0; position < loose.size(); position++) {
            List<Reference> wanted = Environment.templates(loose.get(position));
            Manifest object = loose.get(position);
            int[] found = known.stream()
                    .mapToInt(environment -> environment.found(object, wanted, keys))
                    .toArray();
            int most = Arrays.stream(found).max().orElse(0);
            Set<String> done = new HashSet<>();
            for (int i = 0; i < found.length && (!anyBroken || most == wanted.size()); i++) {
                if (found[i] == most && done.add(known.get(i).overlay())) {
                    places.get(i).add(position);
                }
            }
        }
        return places;
    }

    /** What was found. */
    LintReport end() {
        suppressions.unused().forEach((finding, where) -> {
            where.remove("");
            collected.add(finding, where, "");
        });
        if (checked == 0 && collected.sorted().isEmpty()) {
            report(List.of(Finding.error(
                    "lint-nothing",
                    Location.of(
                            options.roots().isEmpty() ? "." : options.roots().getFirst()),
                    "there is nothing to lint: no kustomization and no object of Argo's",
                    "name the files or folders to lint")));
        }
        return new LintReport(collected.sorted(), checked, overlays, examples);
    }
}
