package dev.plumbline.controller.cli;

import dev.plumbline.controller.app.Terminal;
import dev.plumbline.registry.diff.ManifestDiff;
import dev.plumbline.registry.diff.ObjectChange;
import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.git.LocalRepository;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.render.Renderer;
import dev.plumbline.registry.render.Rendering;
import dev.plumbline.registry.source.Snapshot;
import dev.plumbline.registry.source.SourceException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumbline diff}. */
@Command(
        name = "diff",
        description = {
            "Show what changes in the rendered objects between two commits, or between a commit and the files on disk.",
            "",
            "A folder that exists on one side only counts as all added or all removed. Values of Secrets are never shown."
        },
        footer = {
            "",
            "Examples:",
            "  plumbline diff HEAD",
            "  plumbline diff main~5 main --path overlays/local",
            "  plumbline diff origin/main HEAD -o markdown > comment.md"
        })
final class DiffCommand extends LocalCommand {

    private static final String OVERLAYS = "overlays";

    /** How a diff is printed. */
    enum Format {
        /** For people. */
        text,
        /** For machines. */
        json,
        /** For a comment on a pull request. */
        markdown
    }

    @Parameters(index = "0", paramLabel = "REV", description = "the earlier commit, branch, tag, …")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    String from;

    @Parameters(
            index = "1",
            paramLabel = "REV",
            arity = "0..1",
            description = "the later one (default: the files on disk)")
    @Nullable
    String to;

    @Option(
            names = "--path",
            paramLabel = "DIR",
            description =
                    "folder with a kustomization; may be given several times (default: the current folder if it is one,"
                            + " else every folder of overlays/)")
    List<String> paths = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "how to print: ${COMPLETION-CANDIDATES} (default: text)")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    Format output;

    @Mixin
    final ArgoOption argo = new ArgoOption();

    @Override
    int run() throws SourceException {
        Checkout here = Checkout.of(repo, ".");
        try (LocalRepository local = here.open()) {
            CommitId earlier = local.resolve(from);
            CommitId later = to == null ? null : local.resolve(to);
            Snapshot before = local.repository().snapshot(earlier);
            Snapshot after = later == null ? here.onDisk() : local.repository().snapshot(later);
            Set<String> folders = folders(here, before, after);
            List<Finding> nowhere = new ArrayList<>();
            List<Finding> wrongBefore = new ArrayList<>();
            List<Finding> wrongAfter = new ArrayList<>();
            Map<String, List<ObjectChange>> changes = new LinkedHashMap<>();
            Renderer renderer = new Renderer().with(argo.options());
            for (String folder : folders) {
                if (!exists(before, folder) && !exists(after, folder)) {
                    nowhere.addAll(renderer.render(after, folder).findings());
                    continue;
                }
                List<Manifest> old = render(renderer, before, folder, wrongBefore);
                List<Manifest> now = render(renderer, after, folder, wrongAfter);
                changes.put(folder, ManifestDiff.between(old, now));
            }
            if (!nowhere.isEmpty()) {
                return report(err(), nowhere);
            }
            String now = later == null ? "work tree" : later.abbreviated();
            boolean oneIsWrong = wrong(earlier.abbreviated(), wrongBefore);
            if (wrong(now, wrongAfter) || oneIsWrong) {
                return CommandException.WRONG;
            }
            print(new RenderedDiff(earlier.abbreviated(), now, changes));
            return 0;
        }
    }

    /** Reports what does not render on one side; answers whether there is anything. */
    private boolean wrong(String side, List<Finding> findings) {
        if (!findings.isEmpty()) {
            err().println("plumbline: " + side + " does not render, so there is nothing to compare:");
            report(err(), List.copyOf(new LinkedHashSet<>(findings)));
        }
        return !findings.isEmpty();
    }

    private void print(RenderedDiff diff) {
        switch (output) {
            case text -> {
                if (diff.isEmpty()) {
                    err().println("no rendered change between " + diff.from() + " and " + diff.to() + " in "
                            + String.join(", ", diff.paths().keySet()));
                }
                out().print(DiffText.of(diff, Terminal.wantsColours()));
            }
            case json -> out().println(Json.pretty(diff.tree()));
            case markdown -> out().print(DiffMarkdown.of(diff));
        }
    }

    private static List<Manifest> render(Renderer renderer, Snapshot files, String folder, List<Finding> findings)
            throws SourceException {
        if (!exists(files, folder)) {
            return List.of();
        }
        Rendering rendering = renderer.render(files, folder);
        rendering.findings().stream().filter(Finding::isError).forEach(findings::add);
        return rendering.objects();
    }

    private static boolean exists(Snapshot files, String folder) throws SourceException {
        return files.find(folder) != null;
    }

    private Set<String> folders(Checkout here, Snapshot before, Snapshot after) throws SourceException {
        Set<String> folders = new LinkedHashSet<>();
        for (String path : paths) {
            Checkout place = Checkout.of(repo, path);
            if (!place.top().equals(here.top())) {
                throw new CommandException(
                        CommandException.ENVIRONMENT,
                        path + " is not in the repository " + here.top() + "; name it with --repo");
            }
            folders.add(place.path());
        }
        if (!folders.isEmpty()) {
            return folders;
        }
        if (isKustomization(before, here.path()) || isKustomization(after, here.path())) {
            return Set.of(here.path());
        }
        SortedSet<String> overlays = new TreeSet<>();
        for (Snapshot side : List.of(before, after)) {
            for (Snapshot.Entry entry : side.list(OVERLAYS)) {
                if (isKustomization(side, entry.path())) {
                    overlays.add(entry.path());
                }
            }
        }
        if (overlays.isEmpty()) {
            throw new CommandException(
                    CommandException.ENVIRONMENT,
                    "there is no kustomization here and none in " + OVERLAYS + "/; name folders with --path");
        }
        return overlays;
    }

    private static boolean isKustomization(Snapshot files, String folder) throws SourceException {
        for (String name : Renderer.KUSTOMIZATION_FILES) {
            if (files.find(folder.isEmpty() ? name : folder + "/" + name) != null) {
                return true;
            }
        }
        return false;
    }
}
