package dev.plumbline.registry.review;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.lint.LintFinding;
import dev.plumbline.registry.lint.LintOptions;
import dev.plumbline.registry.lint.LintReport;
import dev.plumbline.registry.lint.Linter;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.render.Renderer;
import dev.plumbline.registry.render.Rendering;
import dev.plumbline.registry.source.Snapshot;
import dev.plumbline.registry.source.SourceException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The repository on one side of a change: what each environment renders to, and what lint says. */
final class Side {

    private final LintReport report;
    private final Map<String, Rendering> renderings = new HashMap<>();

    private Side(LintReport report) {
        this.report = report;
    }

    /**
     * Lints and renders a side.
     *
     * @param paths the environments of both sides
     * @throws SourceException when the Snapshot cannot be read
     */
    static Side of(Snapshot snapshot, Collection<String> paths, Linter linter, Renderer renderer)
            throws SourceException {
        Side side = new Side(linter.lint(snapshot, LintOptions.STANDARD));
        for (String path : paths) {
            if (isKustomization(snapshot, path)) {
                side.renderings.put(path, renderer.render(snapshot, path));
            }
        }
        return side;
    }

    private static boolean isKustomization(Snapshot snapshot, String path) throws SourceException {
        for (String file : Renderer.KUSTOMIZATION_FILES) {
            if (snapshot.find(path.isEmpty() ? file : path + "/" + file) != null) {
                return true;
            }
        }
        return false;
    }

    /** The objects of an environment; none where it is not there or broken. */
    List<Manifest> objects(String path) {
        Rendering rendering = renderings.get(path);
        return rendering == null ? List.of() : rendering.objects();
    }

    /** Why an environment does not render; empty where it does, or is not there. */
    List<Finding> broken(String path) {
        Rendering rendering = renderings.get(path);
        return rendering == null
                ? List.of()
                : rendering.findings().stream().filter(Finding::isError).toList();
    }

    /** Objects that are not kept applied but are meant for an environment, such as examples, in its namespace. */
    List<Manifest> examples(String path) {
        return report.examples().getOrDefault(path, List.of());
    }

    /** Whether a kustomization is there, but lint did not look at it by itself, since others name it. */
    boolean isPartOfOthers(String path) {
        return renderings.containsKey(path) && !report.overlays().contains(path);
    }

    /**
     * What is found in an environment and counts.
     *
     * @param path the environment; null for what concerns none
     */
    List<Finding> findings(@Nullable String path) {
        return report.findings().stream()
                .filter(finding -> finding.suppressed().isEmpty() && concerns(finding, path))
                .map(LintFinding::finding)
                .toList();
    }

    /** What is found in an environment and does not count. */
    List<SuppressedFinding> suppressed(@Nullable String path) {
        return report.findings().stream()
                .filter(finding -> !finding.suppressed().isEmpty() && concerns(finding, path))
                .map(finding -> new SuppressedFinding(finding.finding(), finding.suppressed()))
                .toList();
    }

    private static boolean concerns(LintFinding finding, @Nullable String path) {
        return path == null ? finding.overlays().isEmpty() : finding.overlays().contains(path);
    }
}
