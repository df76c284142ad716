package dev.plumbline.registry.render;

import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.source.Snapshot;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One kustomization file, found and checked.
 *
 * @param folder its folder
 * @param file its path
 * @param component whether it works upon what the kustomization that names it has loaded
 * @param fields what it says
 */
record Kustomization(String folder, String file, boolean component, Fields fields) {

    private static final String GROUP = "kustomize.config.k8s.io/";
    private static final List<String> METADATA = List.of("name", "namespace", "labels", "annotations");

    /**
     * The kustomization of a folder; null, with findings, where it cannot be used.
     *
     * @param place what asked for the folder
     */
    static @Nullable Kustomization load(Files files, Problems problems, String folder, Location place)
            throws SourceException {
        List<Snapshot.Entry> found = new ArrayList<>();
        for (String name : Renderer.KUSTOMIZATION_FILES) {
            Snapshot.Entry entry = files.find(folder.isEmpty() ? name : folder + "/" + name);
            if (entry != null && entry.type() == Snapshot.Entry.Type.FILE) {
                found.add(entry);
            }
        }
        if (found.size() != 1) {
            problems.error(
                    "render-no-kustomization",
                    place,
                    (folder.isEmpty() ? "the root folder" : folder)
                            + (found.isEmpty() ? " holds no kustomization file" : " holds several kustomization files"),
                    "keep exactly one kustomization.yaml in it");
            return null;
        }
        Snapshot.Entry entry = found.getFirst();
        Location top = new Location(entry.path(), 1, 1);
        List<YamlNode> documents = files.yaml(entry, top);
        if (documents == null) {
            return null;
        }
        if (documents.size() != 1
                || !(documents.getFirst() instanceof YamlMap map)
                || map.entries().entrySet().stream().allMatch(Kustomization::isEmpty)) {
            problems.error(
                    "render-empty-kustomization",
                    top,
                    "a kustomization file is one map with at least one field that says something",
                    "list the folder's files under resources");
            return null;
        }
        Fields fields = new Fields(map, problems);
        boolean component = fields.text("kind").equals("Component");
        Kustomization kustomization = new Kustomization(folder, entry.path(), component, fields);
        kustomization.check(problems);
        return kustomization;
    }

    /** apiVersion and kind alone are nothing to build, and neither are fields without a value. */
    private static boolean isEmpty(Map.Entry<String, YamlNode> field) {
        return field.getKey().equalsIgnoreCase("kind")
                || field.getKey().equalsIgnoreCase("apiVersion")
                || (field.getValue() instanceof YamlScalar scalar
                        && (scalar.value() == null || scalar.value().equals("")));
    }

    /** The file's name without its folder. */
    String fileName() {
        return file.substring(file.lastIndexOf('/') + 1);
    }

    /** What it lists, in the order of loading; {@code bases} is the old word for folders. */
    List<LocatedText> resources() {
        List<LocatedText> all = new ArrayList<>(fields.texts("resources"));
        all.addAll(fields.texts("bases"));
        return all;
    }

    private void check(Problems problems) {
        fields.reportTwins();
        for (String name : fields.names()) {
            String wayOut = KustomizationFields.UNSUPPORTED.get(name);
            if (wayOut != null && fields.hasContent(name)) {
                problems.error(
                        "render-unsupported-field",
                        fields.place(name),
                        "the field " + name + " is not supported",
                        wayOut);
            } else if (wayOut == null && !KustomizationFields.SUPPORTED.contains(name)) {
                problems.error(
                        "render-unknown-field",
                        fields.place(name),
                        "a kustomization file has no field " + name,
                        "remove it, or correct its name");
            }
        }
        Fields metadata = fields.map("metadata");
        if (metadata != null) {
            metadata.onlyKnown(METADATA, "metadata of a kustomization");
        }
        checkType(problems);
    }

    private void checkType(Problems problems) {
        String kind = fields.text("kind");
        String apiVersion = fields.text("apiVersion");
        if (!component && !kind.isEmpty() && !kind.equals("Kustomization")) {
            problems.error(
                    "render-wrong-type",
                    fields.place("kind"),
                    "kind must be Kustomization or Component",
                    "correct it, or remove the field");
        }
        String expected = GROUP + (component ? "v1alpha1" : "v1beta1");
        if (!apiVersion.isEmpty() && !apiVersion.equals(expected)) {
            problems.error(
                    "render-wrong-type",
                    fields.place("apiVersion"),
                    "apiVersion of a " + (component ? "Component" : "Kustomization") + " must be " + expected,
                    "correct it, or remove the field");
        }
    }
}
