package dev.plumbline.registry.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.plumbline.registry.memory.MemoryStores;
import dev.plumbline.registry.store.LogStore;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A log that seals goes on where it stopped, whoever sealed meanwhile. */
class EvidenceLogTest {

    private final List<String> asked = new ArrayList<>();
    private final Stores plain = MemoryStores.create();
    private final Stores stores = new Stores(plain.objects(), plain.refs(), new AskedLogs(plain.logs()));
    private final SampleEvidence sample;

    EvidenceLogTest() throws Exception {
        sample = new SampleEvidence(stores);
    }

    @Test
    void whatWasSealedIsNotReadAgainWhenNothingIsNew() throws Exception {
        asked.clear();
        assertEquals(0, sample.log.seal(sample.keys, SampleEvidence.NOW));
        assertEquals(
                List.of(sample.log.source(EvidenceLog.HISTORY) + " 4", sample.log.source(EvidenceLog.RUNS) + " 4"),
                asked);
    }

    @Test
    void aSealIsNotReadToMakeTheNext() throws Exception {
        sample.run(stores, 4);
        asked.clear();
        assertEquals(1, sample.log.seal(sample.keys, SampleEvidence.NOW));
        assertFalse(asked.stream().anyMatch(each -> each.startsWith(sample.log.stream())), asked.toString());
        assertFalse(Check.anyWrong(LogCheck.of(stores, sample.keys.keyring(), sample.sync, List.of())));
    }

    @Test
    void twoThatSealInTurnMakeOneChain() throws Exception {
        EvidenceLog other = new EvidenceLog(stores, sample.sync.cluster(), sample.sync.id());
        for (int i = 4; i <= 9; i++) {
            sample.run(stores, i);
            assertEquals(1, (i % 2 == 0 ? other : sample.log).seal(sample.keys, SampleEvidence.NOW));
            assertEquals(0, (i % 2 == 0 ? sample.log : other).seal(sample.keys, SampleEvidence.NOW));
        }
        List<Check> checks = LogCheck.of(stores, sample.keys.keyring(), sample.sync, List.of());
        assertFalse(Check.anyWrong(checks), checks.toString());
        assertEquals(10, stores.logs().next(sample.log.stream()));
    }

    /** Says which entries are read, from which number on. */
    private final class AskedLogs implements LogStore {

        private final LogStore logs;

        AskedLogs(LogStore logs) {
            this.logs = logs;
        }

        @Override
        public int append(String stream, long number, List<byte[]> entries) throws StoreException {
            return logs.append(stream, number, entries);
        }

        @Override
        public long next(String stream) throws StoreException {
            return logs.next(stream);
        }

        @Override
        public List<Entry> read(String stream, long from, int limit) throws StoreException {
            asked.add(stream + " " + from);
            return logs.read(stream, from, limit);
        }

        @Override
        public List<String> streams(String prefix) throws StoreException {
            return logs.streams(prefix);
        }
    }
}
