package dev.plumbline.registry.lint;

import dev.plumbline.registry.argo.ArgoKinds;
import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.manifest.Origin;
import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.model.Recent;
import dev.plumbline.registry.model.Workers;
import dev.plumbline.registry.source.FileTooLargeException;
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
import org.jspecify.annotations.Nullable;

/** Objects of files that no kustomization has anything to do with, such as examples. */
final class LooseFiles {

    private static final String FIELD = "apiVersion";
    private static final String OF_ARGO = ArgoKinds.GROUP + "/";

    /** Files whose bytes are held at the same time. */
    private static final int AT_ONCE = 256;

    private static final byte[] NO_BYTES = {};

    private final Snapshot snapshot;
    private final Recent<Question, Read> remembered;
    private final Workers workers;
    private final List<Question> questions = new ArrayList<>();
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
     * A file that is read now.
     *
     * @param known what it was found to hold before; null where that is not known
     * @param bytes its content, where that is not known
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Asked(Question question, @Nullable Read known, byte[] bytes) {

        Read answer() {
            return known == null
                    ? new Document(question.wanted()).read(question.file().path(), bytes)
                    : known;
        }
    }

    /**
     * Files of a repository, none read yet.
     *
     * @param remembered what was read before, by path and content
     * @param workers read the files
     */
    LooseFiles(Snapshot snapshot, Recent<Question, Read> remembered, Workers workers) {
        this.snapshot = snapshot;
        this.remembered = remembered;
        this.workers = workers;
    }

    /** Names a file of which somebody said that it holds objects. */
    void named(String path) throws SourceException {
        ask(path, "");
    }

    /**
     * Names a file that may hold anything; it is read if it seems to hold objects.
     *
     * @param argo whether only objects of Argo's API group are of interest
     */
    void found(String path, boolean argo) throws SourceException {
        ask(path, argo ? OF_ARGO : FIELD);
    }

    private void ask(String path, String text) throws SourceException {
        Entry file = snapshot.find(path);
        if (file != null && file.type() == Entry.Type.FILE) {
            questions.add(new Question(file, text));
        }
    }

    /** Reads all files that were named. */
    void read() throws SourceException {
        for (int from = 0; from < questions.size(); from += AT_ONCE) {
            List<Asked> some = new ArrayList<>();
            for (Question question : questions.subList(from, Math.min(from + AT_ONCE, questions.size()))) {
                Read known = remembered.get(question);
                byte[] bytes = known == null ? bytes(question) : NO_BYTES;
                if (bytes != null) {
                    some.add(new Asked(question, known, bytes));
                }
            }
            List<Read> answers = workers.each(some.size(), i -> some.get(i).answer());
            for (int i = 0; i < some.size(); i++) {
                take(some.get(i).question(), answers.get(i));
            }
        }
    }

    private void take(Question question, Read read) {
        remembered.put(question, read);
        objects.addAll(read.objects());
        findings.addAll(read.findings());
        if (question.wanted().isEmpty() && read.objects().isEmpty() && !Finding.anyError(read.findings())) {
            findings.add(Finding.error(
                    "lint-no-object",
                    Location.of(question.file().path()),
                    "the file holds no object",
                    "write one, or remove the file"));
        }
    }

    /** The bytes of a file; null where it is of no interest, or too large. */
    private byte @Nullable [] bytes(Question question) throws SourceException {
        try {
            byte[] bytes = snapshot.read(question.file());
            boolean holds = new String(bytes, StandardCharsets.ISO_8859_1).contains(question.wanted());
            return holds ? bytes : null;
        } catch (FileTooLargeException e) {
            findings.add(Finding.error(
                    "lint-file-too-large",
                    Location.of(question.file().path()),
                    "the file has " + e.bytes() + " bytes, and " + Snapshot.MAX_FILE_BYTES
                            + " is the most that is read",
                    "split it; a cluster stores no object of this size either"));
            return null;
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
