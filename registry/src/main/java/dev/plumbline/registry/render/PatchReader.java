package dev.plumbline.registry.render;

import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.source.Snapshot;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.yaml.YamlDocuments;
import dev.plumbline.registry.yaml.YamlList;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlParser;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code patches}, {@code patchesStrategicMerge} and {@code patchesJson6902}, inline or from files. */
final class PatchReader {

    private static final List<String> FIELDS = List.of("path", "patch", "target", "options");
    private static final List<String> OPTIONS = List.of("allowNameChange", "allowKindChange");

    private final Kustomization kustomization;
    private final Files files;
    private final Problems problems;

    private PatchReader(Kustomization kustomization, Files files, Problems problems) {
        this.kustomization = kustomization;
        this.files = files;
        this.problems = problems;
    }

    static List<Transformer> patches(Kustomization kustomization, Files files, Problems problems)
            throws SourceException {
        return new PatchReader(kustomization, files, problems).entries("patches");
    }

    static List<Transformer> patchesJson6902(Kustomization kustomization, Files files, Problems problems)
            throws SourceException {
        return new PatchReader(kustomization, files, problems).entries("patchesJson6902");
    }

    static List<Transformer> patchesStrategicMerge(Kustomization kustomization, Files files, Problems problems)
            throws SourceException {
        PatchReader reader = new PatchReader(kustomization, files, problems);
        List<Transformer> all = new ArrayList<>();
        for (Fields.Text entry : kustomization.fields().texts("patchesStrategicMerge")) {
            boolean inline = entry.value().contains("\n");
            List<YamlNode> documents =
                    inline ? reader.inline(entry.value(), entry.place()) : reader.file(entry.value(), entry.place());
            if (documents != null) {
                PatchTransformer.Builder patch = new PatchTransformer.Builder(entry.place());
                patch.merges = new ResourceReader(problems).read(documents);
                all.add(patch.build(problems));
            }
        }
        return all;
    }

    private List<Transformer> entries(String field) throws SourceException {
        List<Transformer> all = new ArrayList<>();
        for (Fields entry : kustomization.fields().maps(field)) {
            entry.onlyKnown(FIELDS, "an entry of " + field);
            List<YamlNode> documents = documents(entry);
            if (documents == null) {
                continue;
            }
            if (documents.isEmpty()) {
                problems.warning("render-empty-patch", entry.place(), "the patch is empty", "remove the entry");
                continue;
            }
            PatchTransformer.Builder patch = new PatchTransformer.Builder(entry.place());
            Fields target = entry.map("target");
            if (target != null) {
                patch.target = Selector.of(target, problems);
                if (patch.target == null) {
                    continue;
                }
            }
            options(entry, patch);
            content(entry, documents, patch);
            all.add(patch.build(problems));
        }
        return all;
    }

    private static void options(Fields entry, PatchTransformer.Builder patch) {
        Fields options = entry.map("options");
        if (options != null) {
            options.onlyKnown(OPTIONS, "a patch's options");
            patch.allowNameChange = options.flag("allowNameChange");
            patch.allowKindChange = options.flag("allowKindChange");
        }
    }

    private void content(Fields entry, List<YamlNode> documents, PatchTransformer.Builder patch) {
        if (documents.getFirst() instanceof YamlList operations) {
            patch.operations = operations;
            return;
        }
        patch.merges = new ResourceReader(problems).read(documents);
        if (patch.merges.size() > 1 && patch.target != null) {
            problems.error(
                    "render-patch",
                    entry.place(),
                    "several patches in one entry that has a target",
                    "give each patch its own entry, or remove the target");
        }
    }

    private @Nullable List<YamlNode> documents(Fields entry) throws SourceException {
        String path = entry.text("path");
        String patch = entry.text("patch").strip();
        if (path.isEmpty() == patch.isEmpty()) {
            problems.error(
                    "render-patch",
                    entry.place(),
                    path.isEmpty() ? "a patch without path or patch" : "a patch with both path and patch",
                    "give it exactly one of them");
            return null;
        }
        return path.isEmpty() ? inline(entry.text("patch"), entry.place("patch")) : file(path, entry.place("path"));
    }

    private @Nullable List<YamlNode> file(String path, Location place) throws SourceException {
        Snapshot.Entry file = files.file(kustomization.folder(), path, place);
        return file == null ? null : files.yaml(file, place);
    }

    /** The lines of a block begin below the place where it is written. */
    private @Nullable List<YamlNode> inline(String text, Location place) {
        int line = place.line() + (text.contains("\n") ? 1 : 0);
        YamlDocuments documents = YamlParser.parse(new Location(place.file(), line, 0), text);
        problems.addAll(documents.findings());
        return documents.broken() ? null : documents.documents();
    }
}
