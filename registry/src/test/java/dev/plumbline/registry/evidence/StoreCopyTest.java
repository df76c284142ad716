package dev.plumbline.registry.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.file.FileStores;
import dev.plumbline.registry.memory.MemoryStores;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreCopyTest {

    private final Stores from = MemoryStores.create();
    private final SampleEvidence sample;

    StoreCopyTest() throws Exception {
        sample = new SampleEvidence(from);
    }

    @Test
    void aCopyIsVerifiedLikeTheOriginalWithItsAnchor(@TempDir Path folder) throws Exception {
        Stores to = FileStores.open(folder);
        StoreCopy.Copied copied = StoreCopy.copy(from, to);
        assertEquals(9, copied.entries(), "three heads, three runs, three seals");
        List<Check> checks = LogCheck.of(
                to,
                sample.keys.keyring(),
                sample.sync,
                List.of(sample.log.newest().orElseThrow()));
        assertFalse(Check.anyWrong(checks), checks.toString());
        assertEquals(new StoreCopy.Copied(0, 0, 0), StoreCopy.copy(from, to), "nothing came since");
    }

    @Test
    void whatCameSinceIsBroughtOver() throws Exception {
        Stores to = MemoryStores.create();
        StoreCopy.copy(from, to);
        sample.run(from, 4);
        assertEquals(1, StoreCopy.copy(from, to).entries());
        assertEquals(5, to.logs().next(sample.log.source(EvidenceLog.RUNS)));
    }

    @Test
    void aStoreThatDisagreesIsRefused() throws Exception {
        Stores to = MemoryStores.create();
        byte[] other = "other".getBytes(StandardCharsets.UTF_8);
        assertTrue(to.logs().append(sample.log.stream(), 1, other));
        String message = String.valueOf(assertThrows(StoreException.class, () -> StoreCopy.copy(from, to))
                .getMessage());
        assertTrue(message.contains("entry 1 of log " + sample.log.stream()), message);
        Stores refs = MemoryStores.create();
        assertTrue(refs.refs().compareAndSet(from.refs().names("").getFirst(), null, other));
        assertThrows(StoreException.class, () -> StoreCopy.copy(from, refs));
    }
}
