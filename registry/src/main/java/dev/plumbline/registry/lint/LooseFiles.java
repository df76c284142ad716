package dev.plumbline.registry.lint;

import dev.plumbline.registry.argo.ArgoKinds;
import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.manifest.Origin;
import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.model.Recent;
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
    private final Recent<Question, Read> remembered;
    private final List<Manifest> objects = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();

    /**
     * What is remembered of a file.
     *
     * @param file the file
     * @param wanted what it must hold to be of interest
     */
    record Question(Entry file, String wanted) {}

    /**
     * What a file holds.
     *
     * @param objects its objects
     * @param findings what could not be read
     */
    record Read(List<Manifest> objects, List<Finding> findings) {}

    /**
     * Files of a repository, none read yet.
     *
     * @param remembered what was read before, by path and content
     */
    LooseFiles(Snapshot snapshot, Recent<Question, Read> remembered) {
        this.snapshot = snapshot;
        this.remembered = remembered;
    }

    /** Reads a file of which somebody said that it holds objects. */
    void named(String path) throws SourceException {
        read(path, "");
    }

    /**
     * Reads a file that may hold anything, if it seems to hold objects.
     *
     * @param argo whether only objects of Argo's API group are of interest
     */
    void found(String path, boolean argo) throws SourceException {
        read(path, argo ? OF_ARGO : FIELD);
    }

    /** Reads a file if a text stands in it. */
    private void read(String path, String text) throws SourceException {
        Entry file = snapshot.find(path);
        if (file == null || file.type() != Entry.Type.FILE) {
            return;
        }
        if (file.size() > Snapshot.MAX_FILE_BYTES) {
            findings.add(Finding.error(
                    "lint-file-too-large",
                    Location.of(path),
                    "the file has " + file.size() + " bytes, and " + Snapshot.MAX_FILE_BYTES
                            + " is the most that is read",
                    "split it; a cluster stores no object of this size either"));
            return;
        }
        Question question = new Question(file, text);
        Read read = remembered.get(question);
        if (read == null) {
            byte[] bytes = snapshot.read(file);
            if (!text.isEmpty() && !new String(bytes, StandardCharsets.ISO_8859_1).contains(text)) {
                return;
            }
            read = new Document(text).read(path, bytes);
            remembered.put(question, read);
        }
        objects.addAll(read.objects());
        findings.addAll(read.findings());
        if (text.isEmpty() && read.objects().isEmpty() && !Finding.anyError(read.findings())) {
            findings.add(Finding.error(
                    "lint-no-object", Location.of(path), "the file holds no object", "write one, or remove the file"));
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

    /** The objects of one file. */
    private static final class Document {

        private final String wanted;
        private final List<Manifest> objects = new ArrayList<>();
        private final List<Finding> findings = new ArrayList<>();

        /**
         * A file of which nothing is read yet.
         *
         * @param wanted what the file must hold to be of interest; empty where everything in it is
         */
        Document(String wanted) {
            this.wanted = wanted;
        }

        Read read(String path, byte[] bytes) {
            YamlDocuments documents = YamlParser.parse(path, bytes);
            findings.addAll(documents.findings());
            if (!documents.broken()) {
                documents.documents().forEach(this::object);
            }
            return new Read(List.copyOf(objects), List.copyOf(findings));
        }

        private void object(YamlNode document) {
            if (!(document instanceof YamlMap map)) {
                if (!wanted.isEmpty()) {
                    return;
                }
                findings.add(Finding.error(
                        "lint-no-object",
                        document.location(),
                        "this is not a Kubernetes object, which is a map",
                        "write apiVersion, kind and metadata.name"));
            } else if (map.child("kind") instanceof YamlScalar kind
                    && kind.text().endsWith("List")
                    && map.child("items") instanceof YamlList items) {
                items.items().forEach(this::object);
            } else if (!map.entries().isEmpty() && isWanted(map)) {
                objects.add(Manifest.of(map, Origin.of(map.location())));
            }
        }

        /** Files that nobody named hold much that is no object, and much that is none of Argo's. */
        private boolean isWanted(YamlMap map) {
            return wanted.isEmpty()
                    || (map.child(FIELD) instanceof YamlScalar version
                            && map.child("kind") instanceof YamlScalar
                            && (wanted.equals(FIELD) || version.text().startsWith(wanted)));
        }
    }
}
