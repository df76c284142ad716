package dev.plumbline.controller.cli;

import dev.plumbline.registry.git.LocalRepository;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.render.Renderer;
import dev.plumbline.registry.render.Rendering;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.yaml.GoYamlWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumbline render}. */
@Command(
        name = "render",
        description = {
            "Print what `kustomize build` would print for a folder: as it is on disk, or at a commit.",
            "",
            "Bases may stand anywhere in the repository that holds the folder; where there is none, anywhere above it. What is"
                    + " wrong goes to standard error as file:line:column, and then nothing is printed."
        },
        footer = {
            "",
            "Examples:",
            "  plumbline render overlays/local",
            "  plumbline render overlays/local --argo",
            "  plumbline render overlays/local --at HEAD~1 -o name",
            "  plumbline render overlays/local | kubectl diff -f -"
        })
final class RenderCommand extends LocalCommand {

    /** Bytes, roughly, that one build keeps of what several overlays share. */
    private static final long KEPT_BYTES = 16L * 1024 * 1024;

    /** How objects are printed. */
    enum Format {
        /** As kustomize prints them. */
        yaml,
        /** As one List. */
        json,
        /** Kind and name, one per line. */
        name
    }

    @Parameters(
            paramLabel = "PATH",
            arity = "0..1",
            defaultValue = ".",
            description = "folder with a kustomization (default: the current one)")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    String path;

    @Option(
            names = "--at",
            paramLabel = "REV",
            description = "the path at this commit, branch, tag, … of its repository")
    @Nullable
    String at;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "yaml",
            description = "how to print: ${COMPLETION-CANDIDATES} (default: yaml)")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    Format output;

    @Mixin
    final ArgoOption argo = new ArgoOption();

    @Override
    int run() throws SourceException {
        Checkout place = Checkout.of(repo, path);
        Rendering rendering;
        int code;
        if (at == null) {
            Checkout.Rendered rendered = place.render(renderer());
            rendering = rendered.rendering();
            code = report(
                    err(),
                    rendering.findings().stream().map(rendered.place()::shown).toList());
        } else {
            rendering = atCommit(place, at);
            code = report(err(), rendering.findings());
        }
        if (code == 0) {
            print(rendering.objects());
        }
        return code;
    }

    private Renderer renderer() {
        return new Renderer(KEPT_BYTES).with(argo.options()).with(new AllCores());
    }

    private Rendering atCommit(Checkout place, String revision) throws SourceException {
        try (LocalRepository local = place.open()) {
            CommitId commit = local.resolve(revision);
            return renderer().render(local.repository().snapshot(commit), place.path());
        }
    }

    private void print(List<Manifest> objects) {
        switch (output) {
            case yaml -> out().print(yaml(objects));
            case json -> out().println(json(objects));
            case name -> objects.forEach(object -> out().println(object.key().display()));
        }
    }

    /** Objects as kustomize prints them. */
    static String yaml(List<Manifest> objects) {
        return GoYamlWriter.writeAll(objects.stream().map(Manifest::content).toList());
    }

    /** Objects as one List. */
    static String json(List<Manifest> objects) {
        return Json.pretty(new TreeMap<>(Map.of(
                "apiVersion",
                "v1",
                "kind",
                "List",
                "items",
                objects.stream().map(Manifest::content).toList())));
    }
}
