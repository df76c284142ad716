package dev.plumbline.controller.record;

import dev.plumbline.registry.evidence.ModelFile;
import dev.plumbline.registry.run.ArtifactRecord;
import dev.plumbline.registry.run.InputArtifact;
import dev.plumbline.registry.run.Observation;
import java.util.List;

/** Reads the bytes of artifacts where it can, for their digests. Every call is bounded in time. */
public interface ArtifactDigests {

    /** Why one is not read at whose place nothing stands. */
    String GONE = "nothing stands at its key";

    /** Reads nothing. */
    ArtifactDigests NONE = Observation::artifacts;

    /** The artifacts of a run in their order, each with the digest of its bytes or, where somebody could have read it, why not. */
    List<ArtifactRecord> read(Observation run);

    /**
     * What a run was given, in the same order, each with the digest of its bytes as they are now or why they are not read. One that says
     * already why it is not read stays as it is.
     */
    default List<InputArtifact> inputs(List<InputArtifact> given) {
        return given;
    }

    /**
     * The files of an artifact that was read, one for an artifact that is a file; none when they cannot be listed here, or are too
     * many.
     */
    default List<ModelFile> files(ArtifactRecord artifact) {
        return List.of();
    }
}
