package dev.plumbline.registry.lint;

import dev.plumbline.registry.argo.ArgoKinds;
import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.manifest.Origin;
import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.source.Snapshot;
import dev.plumbline.registry.source.Snapshot.Entry;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.yaml.YamlDocuments;
import dev.plumbline.registry.yaml.YamlList;
import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlParser;
import dev.plumbline.registry.yaml.YamlScalar;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Objects of files that no kustomization has anything to do with, such as examples. */
final class LooseFiles {

    private static final String FIELD = "apiVersion";
    private static final String OF_ARGO = ArgoKinds.GROUP + "/";

    private final Snapshot snapshot;
    private final List<Manifest> objects = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();

    LooseFiles(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    /** Reads a file of which somebody said that it holds objects. */
    void named(String path) throws SourceException {
        byte[] bytes = bytes(path);
        if (bytes.length > 0 || findings.isEmpty()) {
            int before = objects.size() + findings.size();
            parse(path, bytes);
            if (objects.size() + findings.size() == before) {
                findings.add(Finding.error(
                        "lint-no-object", Location.of(path), "the file holds no object", "write one, or remove the file"));
            }
        }
    }

    /**
     * Reads a file that may hold anything, if it seems to hold objects.
     *
     * @param argo whether only objects of Argo's API group are of interest
     */
    void found(String path, boolean argo) throws SourceException {
        byte[] bytes = bytes(path);
        if (new String(bytes, StandardCharsets.ISO_8859_1).contains(argo ? OF_ARGO : FIELD)) {
            parse(path, bytes);
        }
    }

    private byte[] bytes(String path) throws SourceException {
        Entry file = snapshot.find(path);
        if (file == null || file.type() != Entry.Type.FILE) {
            findings.add(Finding.error("lint-no-object", Location.of(path), "there is no such file", "correct the path"));
            return new byte[0];
        }
        if (file.size() > Snapshot.MAX_FILE_BYTES) {
            findings.add(Finding.error(
                    "lint-file-too-large",
                    Location.of(path),
                    "the file has " + file.size() + " bytes, and " + Snapshot.MAX_FILE_BYTES + " is the most that is read",
                    "split it; a cluster stores no object of this size either"));
            return new byte[0];
        }
        return snapshot.read(file);
    }

    private void parse(String path, byte[] bytes) {
        YamlDocuments documents = YamlParser.parse(path, bytes);
        findings.addAll(documents.findings());
        if (!documents.broken()) {
            documents.documents().forEach(this::document);
        }
    }

    private void document(YamlNode document) {
        if (!(document instanceof YamlMap map)) {
            findings.add(Finding.error(
                    "lint-no-object",
                    document.location(),
                    "this is not a Kubernetes object, which is a map",
                    "write apiVersion, kind and metadata.name"));
        } else if (map.child("kind") instanceof YamlScalar kind
                && kind.text().endsWith("List")
                && map.child("items") instanceof YamlList items) {
            items.items().forEach(this::document);
        } else if (!map.entries().isEmpty()) {
            objects.add(Manifest.of(map, Origin.of(map.location())));
        }
    }

    /** All objects, in the order in which they were read. */
    List<Manifest> objects() {
        return objects;
    }

    /** What could not be read. */
    List<Finding> findings() {
        return findings;
    }
}
