package dev.plumbline.controller.app;

import dev.plumbline.controller.record.EvidenceWriter;
import dev.plumbline.registry.evidence.SecretParameters;
import dev.plumbline.registry.keys.FolderSigner;
import dev.plumbline.registry.keys.KeyFolder;
import dev.plumbline.registry.sign.SignException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;

/**
 * The evidence of {@code up}: signed with a key of its data folder, which is made at the first start.
 *
 * @param keys the keys
 * @param writer writes it
 */
record LocalEvidence(KeyFolder keys, EvidenceWriter writer) {

    static LocalEvidence of(DataFolder folder, Settings settings) throws StartException {
        KeyFolder keys = new KeyFolder(folder.resolve("keys"));
        try {
            keys.ensure(Instant.now());
        } catch (SignException e) {
            throw new StartException(String.valueOf(e.getMessage()));
        }
        return new LocalEvidence(
                keys,
                new EvidenceWriter(
                        new FolderSigner(keys),
                        InstantSource.system(),
                        new SecretParameters(settings.salt(), Set.of()),
                        Program.VERSION));
    }
}
