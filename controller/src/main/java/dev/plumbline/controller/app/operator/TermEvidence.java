package dev.plumbline.controller.app.operator;

import dev.plumbline.controller.app.Program;
import dev.plumbline.controller.record.EvidenceWriter;
import dev.plumbline.registry.evidence.SecretParameters;
import dev.plumbline.registry.keys.FolderSigner;
import dev.plumbline.registry.keys.KeyFolder;
import dev.plumbline.registry.sign.SignException;
import dev.plumbline.registry.sign.Signer;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What writes the evidence of one term. */
final class TermEvidence {

    private static final Logger LOG = LoggerFactory.getLogger(TermEvidence.class);

    private TermEvidence() {}

    /** Keeps secrets out of records also where there is no key. */
    static EvidenceWriter writer(OperatorOptions options, Stores stores, InstantSource clock) throws StoreException {
        return new EvidenceWriter(
                options.keys() == null ? null : signer(options.keys()),
                clock,
                new SecretParameters(Salt.ensure(stores), Set.of()),
                Program.VERSION);
    }

    private static Signer signer(Path keys) {
        Signer signer = FolderSigner.onceThere(new KeyFolder(keys));
        try {
            if (!signer.ready()) {
                LOG.info(
                        "there is no key in {} yet: runs are recorded and judged, nothing is signed before there is one",
                        keys);
            }
        } catch (SignException e) {
            LOG.warn("{}; it is tried again with each run", e.getMessage());
        }
        return signer;
    }
}
