package dev.plumbline.registry.evidence;

import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.run.ModelRecord;
import dev.plumbline.registry.run.RunEntry;
import dev.plumbline.registry.store.StoreException;
import java.util.List;

/** Evidence for tests that only look at what it is about. */
public final class ListedFiles {

    private ListedFiles() {}

    /** Keeps evidence that lists a file of each model of a run. */
    public static void keep(EvidenceArchive archive, RunEntry run) throws StoreException {
        archive.keep(new RunEvidence(
                run.id(),
                run.record(),
                run.models().stream().map(ListedFiles::of).toList(),
                false));
    }

    /** A file of a model. */
    public static Digest file(ModelRecord model) {
        return Digest.of("file of " + model.name() + " " + model.version());
    }

    private static ModelEvidence of(ModelRecord model) {
        Digest bundle = Digest.of("bundle");
        return new ModelEvidence(
                model.name(),
                model.version(),
                List.of(new Subject("model.bin", file(model), "")),
                null,
                bundle,
                bundle,
                null);
    }
}
