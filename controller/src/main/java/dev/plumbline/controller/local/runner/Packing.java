package dev.plumbline.controller.local.runner;

import dev.plumbline.registry.argo.ArgoText;
import dev.plumbline.registry.argo.Artifact;
import dev.plumbline.registry.json.Tree;

/** How an artifact is stored: packed, or as it is. */
enum Packing {
    /** As tar, compressed with gzip: Argo's own choice. */
    TAR("tar", ".tgz"),
    /** As zip. */
    ZIP("zip", ".zip"),
    /** As it is. */
    NONE("none", "");

    /** The compression that gzip chooses itself. */
    static final int USUAL_LEVEL = -1;

    private final String word;
    private final String ending;

    Packing(String word, String ending) {
        this.word = word;
        this.ending = ending;
    }

    /** What the {@code archive} of an artifact asks for. */
    static Packing of(Artifact artifact) {
        if (artifact.archiveNone()) {
            return NONE;
        }
        return Tree.at(artifact.tree(), "archive", "zip") == null ? TAR : ZIP;
    }

    /** How much a tar archive is compressed, in the words of Go's gzip. */
    static int level(Artifact artifact) throws NodeProblem {
        String level = ArgoText.of(Tree.at(artifact.tree(), "archive", "tar", "compressionLevel"));
        try {
            return level == null ? USUAL_LEVEL : Integer.parseInt(level);
        } catch (NumberFormatException e) {
            throw new NodeProblem("artifact '" + artifact.name() + "': compressionLevel '" + level + "' is no number");
        }
    }

    /** Argo's word for it. */
    String word() {
        return word;
    }

    /** How keys end that nobody chose. */
    String ending() {
        return ending;
    }
}
