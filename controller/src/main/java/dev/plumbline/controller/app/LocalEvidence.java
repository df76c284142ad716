package dev.plumbline.controller.app;

import dev.plumbline.controller.record.EvidenceWriter;
import dev.plumbline.registry.evidence.SecretParameters;
import dev.plumbline.registry.keys.FolderSigner;
import dev.plumbline.registry.keys.KeyFolder;
import dev.plumbline.registry.sign.SignException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;

/** The evidence of {@code up}: signed with a key of its data folder, which is made at the first start. */
final class LocalEvidence {

    private LocalEvidence() {}

    static EvidenceWriter writer(DataFolder folder, Settings settings) throws StartException {
        KeyFolder keys = new KeyFolder(folder.resolve("keys"));
        try {
            keys.ensure(Instant.now());
        } catch (SignException e) {
            throw new StartException(String.valueOf(e.getMessage()));
        }
        return new EvidenceWriter(
                new FolderSigner(keys),
                InstantSource.system(),
                new SecretParameters(settings.salt(), Set.of()),
                Program.VERSION);
    }
}
