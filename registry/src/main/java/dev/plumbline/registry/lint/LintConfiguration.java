package dev.plumbline.registry.lint;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.finding.Suggestion;
import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.source.Snapshot;
import dev.plumbline.registry.source.Snapshot.Entry;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.yaml.YamlDocuments;
import dev.plumbline.registry.yaml.YamlList;
import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlParser;
import dev.plumbline.registry.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a repository says about its lint, in {@value #FILE} at its top:
 *
 * <pre>{@code
 * apiVersion: plumbline.dev/v1alpha1
 * kind: LintConfiguration
 * overlays: [overlays/dev]
 * ignore: [vendor]
 * declared:
 * - {kind: Secret, namespace: mlops-dev, name: mlflow}
 * }</pre>
 *
 * @param overlays folders of kustomizations to render; empty for every one that no other one names
 * @param ignored folders in which nothing is looked for
 * @param declared keys of objects that are in the cluster without being in the repository
 * @param findings what is wrong with the file
 */
public record LintConfiguration(
        List<String> overlays, Set<String> ignored, Set<ObjectKey> declared, List<Finding> findings) {

    /** Path of the file. */
    public static final String FILE = "plumbline.yaml";

    /** Rule of what is wrong with the file. */
    public static final String RULE = "lint-configuration";

    private static final String API_VERSION = "plumbline.dev/v1alpha1";
    private static final String KIND = "LintConfiguration";
    private static final Set<String> FIELDS = Set.of("apiVersion", "kind", "overlays", "ignore", "declared");
    private static final Set<String> OBJECT_FIELDS = Set.of("group", "kind", "namespace", "name");

    /** Keeps its own copies. */
    public LintConfiguration {
        overlays = List.copyOf(overlays);
        ignored = Set.copyOf(ignored);
        declared = Set.copyOf(declared);
        findings = List.copyOf(findings);
    }

    /**
     * The configuration of a repository; an empty one where there is no file.
     *
     * @throws SourceException when the Snapshot cannot be read
     */
    public static LintConfiguration read(Snapshot snapshot) throws SourceException {
        Reader reader = new Reader();
        Entry file = snapshot.find(FILE);
        if (file != null && file.type() == Entry.Type.FILE) {
            reader.file(YamlParser.parse(FILE, snapshot.read(file)));
        }
        return new LintConfiguration(reader.overlays, reader.ignored, reader.declared, reader.findings);
    }

    private static final class Reader {

        private final List<String> overlays = new ArrayList<>();
        private final Set<String> ignored = new HashSet<>();
        private final Set<ObjectKey> declared = new HashSet<>();
        private final List<Finding> findings = new ArrayList<>();

        void file(YamlDocuments documents) {
            findings.addAll(documents.findings());
            if (documents.broken()) {
                return;
            }
            for (YamlNode document : documents.documents()) {
                if (document instanceof YamlMap map
                        && text(map, "kind").equals(KIND)
                        && text(map, "apiVersion").equals(API_VERSION)) {
                    map(map);
                } else {
                    refuse(document, "this is no " + KIND, "write apiVersion: " + API_VERSION + " and kind: " + KIND);
                }
            }
        }

        private void map(YamlMap map) {
            unknown(map, FIELDS);
            texts(map.child("overlays"), overlays);
            List<String> folders = new ArrayList<>();
            texts(map.child("ignore"), folders);
            ignored.addAll(folders);
            for (YamlNode object : items(map.child("declared"))) {
                if (object instanceof YamlMap fields
                        && !text(fields, "kind").isEmpty()
                        && !text(fields, "name").isEmpty()) {
                    unknown(fields, OBJECT_FIELDS);
                    declared.add(new ObjectKey(
                            text(fields, "group"),
                            text(fields, "kind"),
                            text(fields, "namespace"),
                            text(fields, "name")));
                } else {
                    refuse(object, "a declared object is a map with kind and name", "add them");
                }
            }
        }

        private void unknown(YamlMap map, Set<String> known) {
            map.entries().forEach((key, value) -> {
                if (!known.contains(key)) {
                    refuse(value, "there is no field '" + key + "' here", Suggestion.instead(key, known, "field"));
                }
            });
        }

        private void texts(@org.jspecify.annotations.Nullable YamlNode node, List<String> into) {
            for (YamlNode item : items(node)) {
                if (item instanceof YamlScalar scalar && scalar.value() instanceof String path) {
                    String folder = path.replaceAll("(^\\./)|(/+$)", "");
                    into.add(folder.equals(".") ? "" : folder);
                } else {
                    refuse(item, "this is not the path of a folder", "write it as text");
                }
            }
        }

        private List<YamlNode> items(@org.jspecify.annotations.Nullable YamlNode node) {
            if (node == null) {
                return List.of();
            }
            if (node instanceof YamlList list) {
                return list.items();
            }
            refuse(node, "this must be a list", "begin each element with '-'");
            return List.of();
        }

        private static String text(YamlMap map, String field) {
            return map.child(field) instanceof YamlScalar scalar && scalar.value() instanceof String text ? text : "";
        }

        private void refuse(YamlNode node, String message, String fix) {
            Location place = node.location();
            findings.add(Finding.error(RULE, place, message, fix));
        }
    }
}
