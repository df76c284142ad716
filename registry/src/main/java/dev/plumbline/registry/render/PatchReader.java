package dev.plumbline.registry.render;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.source.Snapshot;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.yaml.YamlDocuments;
import dev.plumbline.registry.yaml.YamlList;
import dev.plumbline.registry.yaml.YamlNode;
import java.nio.charset.StandardCharsets;
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

    /** Whether an empty JSON patch is a mistake. */
    private boolean needsOperations;

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
        PatchReader reader = new PatchReader(kustomization, files, problems);
        reader.needsOperations = true;
        List<Transformer> all = new ArrayList<>();
        for (Fields entry : kustomization.fields().maps("patchesJson6902")) {
            entry.onlyKnown(FIELDS, "an entry of patchesJson6902");
            if (reader.namesTarget(entry)) {
                all.addAll(reader.entry(entry, "patch"));
            }
        }
        return all;
    }

    /** A plugin: what an entry of {@code patches} says. */
    static List<Transformer> plugin(Fields config, Kustomization user, Files files, Problems problems)
            throws SourceException {
        return new PatchReader(user, files, problems).entry(config, "patch");
    }

    /** A plugin: what an entry of {@code patchesJson6902} says, with {@code jsonOp} for its operations. */
    static List<Transformer> json6902Plugin(Fields config, Kustomization user, Files files, Problems problems)
            throws SourceException {
        PatchReader reader = new PatchReader(user, files, problems);
        reader.needsOperations = true;
        return reader.namesTarget(config) ? reader.entry(config, "jsonOp") : List.of();
    }

    /** A plugin: {@code paths} like {@code patchesStrategicMerge}, then the documents of {@code patches}. */
    static List<Transformer> strategicMergePlugin(Fields config, Kustomization user, Files files, Problems problems)
            throws SourceException {
        PatchReader reader = new PatchReader(user, files, problems);
        List<Transformer> all = reader.merges(config.texts("paths"));
        if (config.has("patches")) {
            LocatedText text = config.located("patches");
            all.addAll(reader.merge(reader.inline(text, text.value()), text.place()));
        }
        if (all.isEmpty()) {
            PluginKinds.misconfigured(
                    config,
                    "PatchStrategicMergeTransformer",
                    "it has no patch",
                    "write paths or patches, or remove it",
                    problems);
        }
        return all;
    }

    /** kustomize wants the name of the object for these, be it as a pattern. */
    private boolean namesTarget(Fields entry) {
        Fields target = entry.part("target");
        if (target != null && !target.text("name").isEmpty()) {
            return true;
        }
        problems.error(
                "render-patch",
                entry.place(),
                "a JSON 6902 patch without the name of its target",
                "write target: with kind and name, or use patches");
        return false;
    }

    static List<Transformer> patchesStrategicMerge(Kustomization kustomization, Files files, Problems problems)
            throws SourceException {
        return new PatchReader(kustomization, files, problems)
                .merges(kustomization.fields().texts("patchesStrategicMerge"));
    }

    private List<Transformer> merges(List<LocatedText> entries) throws SourceException {
        List<Transformer> all = new ArrayList<>();
        for (LocatedText entry : entries) {
            boolean inline = entry.value().contains("\n");
            List<YamlNode> documents = inline ? inline(entry, entry.value()) : file(entry.value(), entry.place());
            all.addAll(merge(documents, entry.place()));
        }
        return all;
    }

    private List<Transformer> merge(@Nullable List<YamlNode> documents, Location place) {
        if (documents == null) {
            return List.of();
        }
        PatchTransformer.Builder patch = new PatchTransformer.Builder(place);
        patch.deprecated = true;
        patch.merges = new ResourceReader(problems).read(documents);
        return List.of(patch.build(problems));
    }

    private List<Transformer> entries(String field) throws SourceException {
        List<Transformer> all = new ArrayList<>();
        for (Fields entry : kustomization.fields().maps(field)) {
            entry.onlyKnown(FIELDS, "an entry of " + field);
            all.addAll(entry(entry, "patch"));
        }
        return all;
    }

    /** The patch of one entry, whose text stands in the named field; none, with findings, where it cannot be used. */
    private List<Transformer> entry(Fields entry, String field) throws SourceException {
        List<YamlNode> documents = documents(entry, field);
        if (documents == null) {
            return List.of();
        }
        if (isEmpty(documents)) {
            empty(entry);
        } else if (documents.getFirst() instanceof YamlList && !isReadAsWritten(entry, field)) {
            return List.of();
        }
        PatchTransformer.Builder patch = new PatchTransformer.Builder(entry.place());
        Fields target = entry.part("target");
        if (target != null) {
            patch.target = Selector.of(target, problems);
            if (patch.target == null) {
                return List.of();
            }
        }
        options(entry, patch);
        if (!isEmpty(documents)) {
            content(entry, documents, patch);
        }
        return List.of(patch.build(problems));
    }

    private static boolean isEmpty(List<YamlNode> documents) {
        return documents.isEmpty()
                || (documents.getFirst() instanceof YamlList operations
                        && operations.items().isEmpty());
    }

    /** Only {@code patches} may hold a patch that is empty; kustomize does not even look for what it is for. */
    private void empty(Fields entry) {
        if (needsOperations) {
            problems.error("render-empty-patch", entry.place(), "a JSON patch without operations", "remove the entry");
        } else {
            problems.warning("render-empty-patch", entry.place(), "the patch is empty", "remove the entry");
        }
    }

    /** kustomize takes operations that begin with a bracket for JSON, which YAML's flow style need not be. */
    private boolean isReadAsWritten(Fields entry, String field) throws SourceException {
        String path = entry.text("path");
        Location place = entry.place(path.isEmpty() ? field : "path");
        Snapshot.Entry file = path.isEmpty() ? null : files.file(kustomization.folder(), path, place);
        byte[] bytes = file == null ? null : files.read(file, place);
        String text = bytes == null ? entry.text(field) : new String(bytes, StandardCharsets.UTF_8);
        boolean trimmed = file == null && !needsOperations;
        if (!(trimmed ? text.strip() : text).startsWith("[")) {
            return true;
        }
        try {
            Json.parse(text);
            return true;
        } catch (JsonException e) {
            problems.error(
                    "render-patch",
                    place,
                    "a patch that begins with [ must be JSON: " + e.getMessage(),
                    "quote its keys and texts, or begin each operation with - on a line of its own");
            return false;
        }
    }

    private static void options(Fields entry, PatchTransformer.Builder patch) {
        Fields options = entry.part("options");
        if (options != null) {
            options.onlyKnown(OPTIONS, "a patch's options");
            patch.allowNameChange = options.flag("allowNameChange");
            patch.allowKindChange = options.flag("allowKindChange");
        }
    }

    private void content(Fields entry, List<YamlNode> documents, PatchTransformer.Builder patch) {
        if (documents.getFirst() instanceof YamlList operations) {
            patch.operations = operations;
            patch.deprecated = needsOperations;
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

    private @Nullable List<YamlNode> documents(Fields entry, String field) throws SourceException {
        String path = entry.text("path");
        String patch = entry.text(field).strip();
        if (path.isEmpty() == patch.isEmpty()) {
            problems.error(
                    "render-patch",
                    entry.place(),
                    path.isEmpty() ? "a patch without path or " + field : "a patch with both path and " + field,
                    "give it exactly one of them");
            return null;
        }
        LocatedText written = entry.located(field);
        return path.isEmpty()
                ? inline(written, needsOperations ? written.value() : patch)
                : file(path, entry.place("path"));
    }

    private @Nullable List<YamlNode> file(String path, Location place) throws SourceException {
        Snapshot.Entry file = files.file(kustomization.folder(), path, place);
        return file == null ? null : files.yaml(file, place);
    }

    /**
     * Documents of a text in a kustomization file.
     *
     * @param text the part of it that counts: kustomize cuts the blanks around an entry of {@code patches} off, and with them
     *     the line break at the end of a block in its last line
     */
    private @Nullable List<YamlNode> inline(LocatedText written, String text) {
        YamlDocuments documents = written.documents(text);
        problems.addAll(documents.findings());
        return documents.broken() ? null : documents.documents();
    }
}
