package dev.plumbline.registry.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.evidence.Check.State;
import dev.plumbline.registry.memory.MemoryStores;
import dev.plumbline.registry.store.Stores;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What was changed, removed, reordered or cut off is found and named, with an anchor also the end of everything. */
class LogCheckTest {

    private final Stores stores = MemoryStores.create();
    private final SampleEvidence sample;

    LogCheckTest() throws Exception {
        sample = new SampleEvidence(stores);
    }

    @Test
    void whatWasSealedIsAsItWas() {
        List<Check> checks = check(stores, List.of());
        assertEquals(
                List.of(State.OK, State.OK, State.OK, State.NOTE),
                checks.stream().map(Check::state).toList(),
                checks.toString());
        assertTrue(checks.getLast().message().contains("cannot be found without one"), checks.toString());
    }

    @Test
    void sealingAgainAddsNothing() throws Exception {
        assertEquals(0, sample.log.seal(sample.keys, SampleEvidence.NOW));
        assertEquals(4, stores.logs().next(sample.log.stream()));
    }

    @Test
    void twoReorderedEntriesAreNamed() {
        List<Check> wrong = wrong(sample.log.source(EvidenceLog.RUNS), entries -> swapped(entries, 0, 1));
        assertEquals(
                List.of(
                        "runs 1 was reordered: entry 2 stands in its place",
                        "runs 2 was reordered: entry 1 stands in its place"),
                words(wrong));
    }

    @Test
    void aChangedAndARemovedEntryAreNamed() {
        assertEquals(
                List.of("history 2 was changed after it was sealed"),
                words(wrong(sample.log.source(EvidenceLog.HISTORY), entries -> {
                    entries.set(1, "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
                    return entries;
                })));
        assertEquals(
                List.of("history 3 was removed, or cannot be read"),
                words(wrong(sample.log.source(EvidenceLog.HISTORY), entries -> entries.subList(0, 2))));
    }

    @Test
    void aSealThatWasRemovedChangedOrMovedBreaksTheChainThere() {
        assertTrue(words(wrong(sample.log.stream(), entries -> {
                    entries.remove(1);
                    return entries;
                }))
                .contains("seal 2 was moved: it says that it is seal 3 of " + sample.log.stream()));
        List<String> swapped = words(wrong(sample.log.stream(), entries -> swapped(entries, 0, 1)));
        assertTrue(
                swapped.contains("seal 1 was moved: it says that it is seal 2 of " + sample.log.stream()),
                swapped + "");
        SampleKeys forger = new SampleKeys();
        assertTrue(words(wrong(sample.log.stream(), entries -> {
                    entries.set(1, forged(entries.get(1), forger));
                    return entries;
                }))
                .stream()
                .anyMatch(said -> said.startsWith("seal 2 is signed by the key " + forger.key())));
    }

    @Test
    void aTailThatWasCutOffWithItsSealsIsFoundByAnAnchorAlone() throws Exception {
        Bundle anchor = sample.log.newest().orElseThrow();
        Stores cut = cutToTwo();
        assertFalse(Check.anyWrong(check(cut, List.of())), "nothing can know it without an anchor");
        assertEquals(
                List.of(sample.log.stream() + " was truncated: the anchor saw seal 3, and the log ends with seal 2"),
                words(check(cut, List.of(anchor)).stream()
                        .filter(LogCheckTest::isWrong)
                        .toList()));
        assertFalse(Check.anyWrong(check(stores, List.of(anchor))));
    }

    @Test
    void aLogThatTheHolderOfTheKeyWroteAnewIsFoundByAnAnchor() throws Exception {
        Bundle anchor = sample.log.newest().orElseThrow();
        Stores cut = cutToTwo();
        sample.run(cut, 4);
        EvidenceLog anew = new EvidenceLog(cut, sample.sync.cluster(), sample.sync.id());
        anew.seal(sample.keys, SampleEvidence.NOW.plusSeconds(99));
        List<String> found = words(check(cut, List.of(anchor)).stream()
                .filter(LogCheckTest::isWrong)
                .toList());
        assertTrue(found.contains("seal 3 is another one than the anchor saw: the log was written anew"), found + "");
    }

    @Test
    void whatIsNotSealedYetIsSaid() throws Exception {
        sample.run(stores, 4);
        List<Check> checks = check(stores, List.of());
        assertFalse(Check.anyWrong(checks), checks.toString());
        assertTrue(
                words(checks).stream().anyMatch(said -> said.startsWith("runs 1 entries are not sealed yet")),
                checks + "");
        assertEquals(1, sample.log.seal(sample.keys, SampleEvidence.NOW));
    }

    /** The store without its last applied commit, run and seal. */
    private Stores cutToTwo() throws Exception {
        EditedLogs logs = new EditedLogs(stores.logs());
        for (String stream : List.of(
                sample.log.stream(), sample.log.source(EvidenceLog.RUNS), sample.log.source(EvidenceLog.HISTORY))) {
            logs.edit(stream, entries -> new ArrayList<>(entries.subList(0, 2)));
        }
        return new Stores(stores.objects(), stores.refs(), logs);
    }

    private List<Check> wrong(String stream, UnaryOperator<List<byte[]>> edit) {
        try {
            EditedLogs logs = new EditedLogs(stores.logs());
            logs.edit(stream, edit);
            return check(new Stores(stores.objects(), stores.refs(), logs), List.of()).stream()
                    .filter(LogCheckTest::isWrong)
                    .toList();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private List<Check> check(Stores in, List<Bundle> anchors) {
        return LogCheck.of(in, sample.keys.keyring(), sample.sync, anchors);
    }

    private static byte[] forged(byte[] seal, SampleKeys forger) {
        try {
            return Bundle.sign(Bundle.of(seal).payload(), forger, Bundle.Hints.FINGERPRINT)
                    .bytes();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static List<byte[]> swapped(List<byte[]> entries, int one, int other) {
        Collections.swap(entries, one, other);
        return entries;
    }

    private static boolean isWrong(Check check) {
        return check.state() == State.WRONG;
    }

    private static List<String> words(List<Check> checks) {
        return checks.stream()
                .map(check -> check.what() + " " + check.message())
                .toList();
    }
}
