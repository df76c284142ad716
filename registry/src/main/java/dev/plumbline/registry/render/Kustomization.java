package dev.plumbline.registry.render;

import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.source.Snapshot;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One kustomization file, found and checked.
 *
 * @param folder its folder
 * @param file its path
 * @param fields what it says
 */
record Kustomization(String folder, String file, Fields fields) {

    /** The names under which kustomize looks for it. */
    static final List<String> NAMES = List.of("kustomization.yaml", "kustomization.yml", "Kustomization");

    private static final String API_VERSION = "kustomize.config.k8s.io/v1beta1";
    private static final String KIND = "Kustomization";

    /**
     * The kustomization of a folder; null, with findings, where it cannot be used.
     *
     * @param place what asked for the folder
     */
    static @Nullable Kustomization load(Files files, Problems problems, String folder, Location place)
            throws SourceException {
        List<Snapshot.Entry> found = new ArrayList<>();
        for (String name : NAMES) {
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
        List<YamlNode> documents = files.yaml(entry, place);
        if (documents == null) {
            return null;
        }
        if (documents.size() != 1
                || !(documents.getFirst() instanceof YamlMap map)
                || map.entries().isEmpty()) {
            problems.error(
                    "render-empty-kustomization",
                    new Location(entry.path(), 1, 1),
                    "a kustomization file is one map with at least one field",
                    "list the folder's files under resources");
            return null;
        }
        Kustomization kustomization = new Kustomization(folder, entry.path(), new Fields(map, problems));
        kustomization.check(problems);
        return kustomization;
    }

    private void check(Problems problems) {
        for (String name : fields.names()) {
            String wayOut = KustomizationFields.UNSUPPORTED.get(name);
            if (wayOut != null && fields.has(name)) {
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
        expect(problems, "kind", KIND);
        expect(problems, "apiVersion", API_VERSION);
    }

    private void expect(Problems problems, String field, String value) {
        String found = fields.text(field);
        if (!found.isEmpty() && !found.equals(value)) {
            boolean component = found.equals("Component") || found.equals("kustomize.config.k8s.io/v1alpha1");
            problems.error(
                    component ? "render-unsupported-field" : "render-wrong-type",
                    fields.place(field),
                    component ? "components are not supported" : field + " must be " + value,
                    component ? "make it a base" : "");
        }
    }
}
