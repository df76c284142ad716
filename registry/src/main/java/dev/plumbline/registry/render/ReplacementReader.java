package dev.plumbline.registry.render;

import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.source.Snapshot;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.yaml.YamlList;
import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code replacements}, which stand in a kustomization, in a file that one of its entries names, or in a plugin's file. */
final class ReplacementReader {

    private static final List<String> ENTRY = List.of("source", "sourceValue", "targets", "path");
    private static final List<String> SOURCE =
            List.of("group", "version", "kind", "name", "namespace", "fieldPath", "options");
    private static final List<String> TARGET = List.of("select", "reject", "fieldPaths", "options");
    private static final List<String> OPTIONS = List.of("delimiter", "index", "encoding", "create");

    private final String folder;
    private final Files files;
    private final Problems problems;

    /** Whether unknown fields are errors: in a kustomization they are, in files kustomize skips them. */
    private final boolean strict;

    private ReplacementReader(String folder, Files files, Problems problems, boolean strict) {
        this.folder = folder;
        this.files = files;
        this.problems = problems;
        this.strict = strict;
    }

    /** The kustomization's replacements as one transformer; none where it has none. */
    static List<Transformer> of(Kustomization kustomization, Files files, Problems problems) throws SourceException {
        return of(kustomization.fields(), kustomization.folder(), files, problems, true);
    }

    /**
     * The replacements of a map with the field {@code replacements}.
     *
     * @param folder from where entries name files
     * @param strict whether unknown fields are errors
     */
    static List<Transformer> of(Fields fields, String folder, Files files, Problems problems, boolean strict)
            throws SourceException {
        List<Fields> entries = fields.maps("replacements");
        if (entries.isEmpty()) {
            return List.of();
        }
        ReplacementReader reader = new ReplacementReader(folder, files, problems, strict);
        List<Replacement> all = new ArrayList<>();
        for (Fields entry : entries) {
            reader.entry(entry, all);
        }
        return List.of(new ReplacementTransformer(all, problems));
    }

    private void entry(Fields entry, List<Replacement> into) throws SourceException {
        if (strict) {
            entry.onlyKnown(ENTRY, "an entry of replacements");
        }
        String path = entry.text("path");
        if (path.isEmpty()) {
            add(entry, into);
        } else if (entry.has("source") || !entry.maps("targets").isEmpty()) {
            wrong(entry.place("path"), "an entry with both path and source or targets", "keep one of them");
        } else {
            file(path, entry.place("path"), into);
        }
    }

    private void file(String path, Location place, List<Replacement> into) throws SourceException {
        Snapshot.Entry file = files.file(folder, path, place);
        List<YamlNode> documents = file == null ? null : files.yaml(file, place);
        if (file == null || documents == null) {
            return;
        }
        ReplacementReader inner = new ReplacementReader(folder, files, problems, false);
        YamlNode first = documents.isEmpty() ? null : documents.getFirst();
        if (documents.size() > 1) {
            problems.warning(
                    "render-replacement",
                    documents.get(1).location(),
                    "only the first document of a file of replacements is read",
                    "write them as one list");
        }
        switch (first) {
            case YamlMap map -> inner.add(new Fields(map, problems), into);
            case YamlList list -> {
                for (YamlNode item : list.items()) {
                    if (item instanceof YamlMap map) {
                        inner.add(new Fields(map, problems), into);
                    } else {
                        wrong(item.location(), "a replacement that is not a map", "write source and targets");
                    }
                }
            }
            case null, default ->
                wrong(
                        first == null ? Location.of(file.path()) : first.location(),
                        "a file of replacements holds one replacement or a list of them",
                        "write source and targets");
        }
    }

    private void add(Fields entry, List<Replacement> into) {
        Fields source = entry.map("source");
        String value = entry.has("sourceValue") ? entry.text("sourceValue") : null;
        List<Fields> targets = entry.maps("targets");
        if (source == null && value == null) {
            wrong(entry.place(), "a replacement without a source", "add source or sourceValue");
        } else if (source != null && value != null) {
            wrong(entry.place("sourceValue"), "a replacement with both source and sourceValue", "keep one of them");
        } else if (targets.isEmpty() && (strict || !entry.has("targets"))) {
            wrong(entry.place(), "a replacement without targets", "add targets");
        } else {
            List<Replacement.Target> read = new ArrayList<>();
            targets.forEach(target -> target(target, read));
            into.add(new Replacement(source == null ? null : source(source), value, read, entry.place()));
        }
    }

    private Replacement.Source source(Fields source) {
        if (strict) {
            source.onlyKnown(SOURCE, "a source");
        }
        String path = source.text("fieldPath");
        return new Replacement.Source(
                new Gvk(source.text("group"), source.text("version"), source.text("kind")),
                source.text("name"),
                source.text("namespace"),
                path(path.isEmpty() ? Replacement.DEFAULT_PATH : path, source.place("fieldPath")),
                options(source),
                source.place());
    }

    private void target(Fields target, List<Replacement.Target> into) {
        if (strict) {
            target.onlyKnown(TARGET, "a target");
        }
        Fields select = target.map("select");
        if (select == null) {
            wrong(target.place(), "a target without select", "say which objects it is for");
            return;
        }
        ReplacementSelector selector = ReplacementSelector.of(select, strict, problems);
        List<ReplacementSelector> rejected = new ArrayList<>();
        for (Fields reject : target.maps("reject")) {
            ReplacementSelector one = ReplacementSelector.of(reject, strict, problems);
            if (one != null) {
                rejected.add(one);
            }
        }
        List<ReplacementPath> paths = new ArrayList<>();
        for (LocatedText path : target.texts("fieldPaths")) {
            paths.add(path(path.value(), path.place()));
        }
        if (paths.isEmpty()) {
            paths.add(ReplacementPath.of(Replacement.DEFAULT_PATH));
        }
        if (selector != null) {
            into.add(new Replacement.Target(selector, rejected, paths, options(target), target.place()));
        }
    }

    private Replacement.Options options(Fields of) {
        Fields options = of.map("options");
        if (options == null) {
            return Replacement.Options.NONE;
        }
        if (strict) {
            options.onlyKnown(OPTIONS, "options");
        }
        if (!options.text("encoding").isEmpty()) {
            problems.warning(
                    "render-replacement",
                    options.place("encoding"),
                    "kustomize knows the field encoding, but it does nothing",
                    "remove it, and write the value as it is to be");
        }
        Long index = options.whole("index");
        int bounded = index == null ? 0 : (int) Math.clamp(index, Integer.MIN_VALUE, Integer.MAX_VALUE);
        return new Replacement.Options(options.text("delimiter"), bounded, options.flag("create"));
    }

    private ReplacementPath path(String written, Location place) {
        if (written.length() > ReplacementPath.MAX_LENGTH) {
            wrong(place, "a path of more than " + ReplacementPath.MAX_LENGTH + " characters", "shorten it");
            return ReplacementPath.of(Replacement.DEFAULT_PATH);
        }
        return ReplacementPath.of(written);
    }

    private void wrong(Location place, String message, String fix) {
        problems.error("render-replacement", place, message, fix);
    }
}
