package dev.plumbline.controller.cli;

import dev.plumbline.registry.argo.ArgoVersion;
import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.git.LocalRepository;
import dev.plumbline.registry.lint.LintFinding;
import dev.plumbline.registry.lint.LintOptions;
import dev.plumbline.registry.lint.LintReport;
import dev.plumbline.registry.lint.Linter;
import dev.plumbline.registry.render.Renderer;
import dev.plumbline.registry.source.Snapshot;
import dev.plumbline.registry.source.SourceException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code plumbline lint}. */
@Command(
        name = "lint",
        description = {
            "Say what would fail in the cluster, and where in Git it comes from.",
            "",
            "With files or folders: those, as they are on disk; templates that they refer to are looked up among them."
                    + " With no path: every kustomization that no other one names, rendered, and every other file with"
                    + " objects of Argo's. What a repository leaves out, and which objects are in its cluster without"
                    + " being in Git, stands in plumbline.yaml at its top."
        },
        footer = {
            "",
            "Exit codes: 0 no error, 1 an error, 2 usage or environment.",
            "",
            "Examples:",
            "  plumbline lint",
            "  plumbline lint --at origin/main -o sarif > lint.sarif",
            "  plumbline lint workflow.yaml --overlay overlays/dev",
            "  plumbline lint --explain unknown-argument"
        })
final class LintCommand extends LocalCommand {

    /** Bytes, roughly, that one build keeps of what several overlays share. */
    private static final long KEPT_BYTES = 64L * 1024 * 1024;

    @Parameters(paramLabel = "PATH", arity = "0..*", description = "files and folders (default: the whole repository)")
    List<String> paths = new ArrayList<>();

    @Option(
            names = "--at",
            paramLabel = "REV",
            description = "the repository at this commit, branch, tag, … (default: the files on disk)")
    @Nullable
    String at;

    @Option(
            names = "--overlay",
            paramLabel = "PATH",
            description = "render this kustomization only; may be given several times. PATHs are then checked in these")
    List<String> overlays = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "how to print: ${COMPLETION-CANDIDATES} (default: text)")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    LintForm output;

    @Option(
            names = "--argo-version",
            paramLabel = "VERSION",
            defaultValue = "4.1",
            description = "the Argo Workflows that runs the pipelines: 3.6, 3.7, 4.0 or 4.1 (default: 4.1)")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    String argoVersion;

    @Option(names = "--explain", paramLabel = "RULE", description = "say what a rule asks for, with examples, and end")
    @Nullable
    String explain;

    @Option(names = "--rules", description = "list all rules, and end")
    boolean rules;

    /** Gives a finding of files on disk a path that can be opened from the current folder. */
    private UnaryOperator<Finding> shown = UnaryOperator.identity();

    @Override
    int run() throws SourceException {
        if (explain != null) {
            out().print(RuleText.explain(explain));
            return 0;
        }
        if (rules) {
            out().println(output == LintForm.json ? RuleText.json() : RuleText.list());
            return 0;
        }
        ArgoVersion argo = ArgoVersion.of(argoVersion)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "--argo-version takes one of " + String.join(", ", ArgoVersion.texts()) + ", not "
                                + argoVersion));
        LintPlaces places = LintPlaces.of(repo, paths, overlays);
        LintOptions options = LintOptions.STANDARD.withArgo(argo);
        LintReport report = at == null ? onDisk(places, options) : atCommit(places, at, options);
        out().print(output.write(report, shown));
        return report.anyError() ? CommandException.WRONG : 0;
    }

    private static LintReport atCommit(LintPlaces places, String revision, LintOptions options) throws SourceException {
        try (LocalRepository local = places.top().open()) {
            Snapshot snapshot = local.repository().snapshot(local.resolve(revision));
            places.check(snapshot);
            return Linter.once(new Renderer(KEPT_BYTES), new AllCores())
                    .lint(snapshot, options.withRoots(places.roots()).withOverlays(places.overlays()));
        }
    }

    /** Without a repository the tree has no top of its own, so it is taken as high as the bases of kustomizations lead. */
    private LintReport onDisk(LintPlaces places, LintOptions options) throws SourceException {
        LintPlaces tree = places;
        tree.check(tree.top().onDisk());
        LintReport report = lint(tree, options);
        while (tree.canClimb() && climbs(report)) {
            tree = tree.higher();
            report = lint(tree, options);
        }
        shown = tree.top()::shown;
        return report;
    }

    private static LintReport lint(LintPlaces places, LintOptions options) throws SourceException {
        return Linter.once(new Renderer(KEPT_BYTES), new AllCores())
                .lint(places.top().onDisk(), options.withRoots(places.roots()).withOverlays(places.overlays()));
    }

    private static boolean climbs(LintReport report) {
        return report.findings().stream()
                .map(LintFinding::finding)
                .anyMatch(finding -> finding.isError() && finding.rule().equals(Renderer.OUT_OF_THE_TREE));
    }
}
