package dev.plumbline.controller.cli;

import dev.plumbline.controller.app.answers.BlameLines;
import dev.plumbline.registry.blame.Blame;
import dev.plumbline.registry.blame.ContentTimeline;
import dev.plumbline.registry.blame.FieldBlame;
import dev.plumbline.registry.blame.Interval;
import dev.plumbline.registry.blame.Timelines;
import dev.plumbline.registry.diff.ManifestDiff;
import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.git.LocalRepository;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.render.Renderer;
import dev.plumbline.registry.render.Rendering;
import dev.plumbline.registry.source.Repository;
import dev.plumbline.registry.source.SourceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumbline blame}. */
@Command(
        name = "blame",
        description = {
            "Show, for each rendered object, the commit that made it what it is; for one object of PATH also which commit made"
                    + " each field. Commits are those of the main line (first parents).",
            "",
            "With a PATH the repository that holds it is read, and nothing needs to run; without one, the running `plumbline up`"
                    + " is asked about what it keeps applied."
        },
        footer = {
            "",
            "Examples:",
            "  plumbline blame overlays/local",
            "  plumbline blame overlays/local WorkflowTemplate/model-training-template",
            "  plumbline blame overlays/local --at v1.4.0 -o wide",
            "  plumbline blame WorkflowTemplate/model-training-template"
        })
final class BlameCommand extends ApiCommand {

    private static final String OBJECT = "[A-Z][A-Za-z0-9]*(\\.[a-z0-9.-]+)?(/[^/]*)?/[^/]+";

    @Parameters(
            index = "0",
            paramLabel = "PATH",
            arity = "0..1",
            defaultValue = "",
            description = "folder with a kustomization (default: what the running `up` renders)")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    String path;

    @Parameters(
            index = "1",
            paramLabel = "KIND/NAME",
            arity = "0..1",
            defaultValue = "",
            description = "only this object (default: all)")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    String object;

    @Option(names = "--at", paramLabel = "REV", description = "from this commit, branch, tag, … back (default: HEAD)")
    @Nullable
    String at;

    @Option(
            names = "--repo",
            paramLabel = "DIR",
            defaultValue = "",
            description =
                    "read PATH from this folder of a clone, or in this bare repository (default: the current folder)")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    String repo;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "" + Blame.DEFAULT_BOUND,
            description =
                    "most commits to go back; past them it says ≤, at or before (default: " + Blame.DEFAULT_BOUND + ")")
    int limit;

    @Mixin
    final ArgoOption argo = new ArgoOption();

    @Override
    int run() {
        if (limit < 1) {
            throw new CommandException(CommandException.ENVIRONMENT, "--limit " + limit + " is out of range; from 1");
        }
        if (object.isEmpty()
                && path.matches(OBJECT)
                && !Files.exists(Path.of(repo).resolve(path))) {
            object = path;
            path = "";
        }
        if (path.isEmpty() && at == null && repo.isEmpty() && !argo.argo) {
            print(api().blame(object));
            return 0;
        }
        Checkout place = Checkout.of(repo, path.isEmpty() ? "." : path);
        try (LocalRepository local = place.open()) {
            CommitId head = local.resolve(at == null ? "HEAD" : at);
            return blame(local.repository(), head, place.path());
        } catch (SourceException e) {
            throw new CommandException(CommandException.ENVIRONMENT, String.valueOf(e.getMessage()));
        }
    }

    private int blame(Repository repository, CommitId head, String folder) throws SourceException {
        Renderer renderer = new Renderer().with(argo.options());
        Rendering now = renderer.render(repository.snapshot(head), folder);
        if (now.broken()) {
            return LocalCommand.report(
                    spec.commandLine().getErr(),
                    now.findings().stream().filter(Finding::isError).toList());
        }
        ContentTimeline timeline = new Timelines(repository, renderer).of(head, folder, limit);
        Map<ObjectKey, Interval> blame = timeline.blame();
        List<Map<String, @Nullable Object>> lines = new ArrayList<>();
        List<Map<String, @Nullable Object>> fields = new ArrayList<>();
        for (Manifest manifest : asked(now)) {
            lines.add(BlameLines.object(repository, manifest.key(), blame.get(manifest.key()), manifest));
            if (!object.isEmpty()) {
                for (FieldBlame.Line field : FieldBlame.of(repository, renderer, timeline, manifest)) {
                    fields.add(BlameLines.field(repository, field));
                }
            }
        }
        if (lines.isEmpty()) {
            throw new CommandException(
                    CommandException.WRONG,
                    "commit " + head.abbreviated() + " renders no object named " + object + " at " + path
                            + "; leave it out to see them all");
        }
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("commit", head.hex());
        answer.put("objects", lines);
        if (!object.isEmpty()) {
            answer.put("fields", fields);
        }
        print(answer);
        return 0;
    }

    /** The objects that the command names, by key; all when it names none. */
    private List<Manifest> asked(Rendering now) {
        return now.objects().stream()
                .filter(manifest -> object.isEmpty()
                        || BlameLines.names(object, manifest.key())
                        || BlameLines.names(object, ManifestDiff.lasting(manifest)))
                .sorted(Comparator.comparing(Manifest::key))
                .toList();
    }

    @Override
    String text(Map<String, @Nullable Object> answer) {
        boolean wide = output == Output.wide;
        Table table = wide
                ? new Table("object", "commit", "author", "date", "subject", "files")
                : new Table("object", "commit", "author", "date", "subject");
        for (Map<String, @Nullable Object> line : Tree.maps(answer, "objects")) {
            List<String> cells = new ArrayList<>(cells(Tree.text(line, "object"), line));
            if (wide) {
                cells.add(Tree.list(line, "files").stream().map(String::valueOf).collect(Collectors.joining(" ")));
            }
            table.row(cells.toArray(String[]::new));
        }
        List<Map<String, @Nullable Object>> fields = Tree.maps(answer, "fields");
        if (fields.isEmpty()) {
            return table.toString();
        }
        Table details = new Table("field", "commit", "author", "date", "subject");
        for (Map<String, @Nullable Object> line : wide ? fields : FieldRows.joined(fields)) {
            String removed = Boolean.TRUE.equals(line.get("removed")) ? " (removed)" : "";
            details.row(cells(Tree.text(line, "field") + removed, line).toArray(String[]::new));
        }
        return table + "\n\n" + details;
    }

    private static List<String> cells(String name, Map<String, @Nullable Object> line) {
        String commit = Tree.text(line, "commit");
        return List.of(
                name,
                (Boolean.TRUE.equals(line.get("atOrBefore")) ? "≤ " : "")
                        + (commit.length() > 10 ? commit.substring(0, 10) : commit),
                Tree.text(line, "author"),
                Tree.text(line, "date"),
                Tree.text(line, "subject"));
    }

    @Override
    Iterable<String> names(Map<String, @Nullable Object> answer) {
        return Tree.maps(answer, "objects").stream()
                .map(line -> Tree.text(line, "object"))
                .toList();
    }
}
