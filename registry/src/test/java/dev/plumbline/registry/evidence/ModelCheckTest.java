package dev.plumbline.registry.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.evidence.Check.State;
import dev.plumbline.registry.memory.MemoryStores;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.run.Executor;
import dev.plumbline.registry.run.ModelRecord;
import dev.plumbline.registry.run.ModelRecord.Registration;
import dev.plumbline.registry.run.RunEntry;
import dev.plumbline.registry.run.RunJournal;
import dev.plumbline.registry.run.RunRecord;
import dev.plumbline.registry.run.SampleRecords;
import dev.plumbline.registry.run.Verdict;
import dev.plumbline.registry.store.Stores;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Evidence counts for the model that it is about, and a gate lets through what it must alone. */
class ModelCheckTest {

    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");
    private static final Set<Executor> ALL = Set.of(Executor.LOCAL, Executor.ARGO);
    private static final List<ModelFile> FILES = List.of(new ModelFile("weights.bin", Digest.of("weights")));

    private final SampleKeys keys = new SampleKeys();
    private final Stores stores = MemoryStores.create();
    private final ModelRecord churn = SampleRecords.model();
    private final ModelRecord fraud = named("fraud", churn);

    @Test
    void theEvidenceOfAModelIsInOrderForItself() throws Exception {
        FoundModel found = found(record("Succeeded", churn, fraud), 1, FILES);
        ModelCheck check = check(found);
        assertEquals(List.of(), wrong(check));
        assertTrue(Check.verified(check.checks()));
        assertEquals(State.OK, check.gate(Verdict.MATCH, ALL).state());
    }

    @Test
    void theEvidenceOfOneModelIsNotThatOfAnother() throws Exception {
        FoundModel found = found(record("Succeeded", churn, fraud), 0, FILES);
        RunEvidence made = java.util.Objects.requireNonNull(found.evidence());
        ModelEvidence first = made.models().getFirst();
        ModelEvidence renamed = new ModelEvidence(
                "fraud", "2", first.subjects(), first.render(), first.run(), first.summary(), first.signature());
        // As somebody leaves it who can write to the store, and not sign.
        RunEvidence swapped =
                new RunEvidence(made.id(), made.record(), List.of(made.models().getLast(), renamed), false);
        for (int i = 0; i < 2; i++) {
            ModelCheck check = check(new FoundModel(found.sync(), found.entry(), i, swapped));
            assertTrue(wrong(check).contains("name"), check.checks().toString());
            assertEquals(State.WRONG, check.gate(Verdict.MATCH, ALL).state());
        }
    }

    @Test
    void aSignatureOverTheFilesThatWasRemovedIsMissed() throws Exception {
        FoundModel found = found(record("Succeeded", churn), 0, FILES);
        RunEvidence made = java.util.Objects.requireNonNull(found.evidence());
        ModelEvidence model = made.models().getFirst();
        ModelEvidence without = new ModelEvidence(
                model.name(), model.version(), model.subjects(), model.render(), model.run(), model.summary(), null);
        ModelCheck check = check(new FoundModel(
                found.sync(), found.entry(), 0, new RunEvidence(made.id(), made.record(), List.of(without), false)));
        assertEquals(List.of("model"), wrong(check));
    }

    @Test
    void ofAModelWhoseBytesNobodyReadThatIsSaid() throws Exception {
        ModelCheck check = check(found(record("Succeeded", churn.withDigest(null)), 0, List.of()));
        assertEquals(List.of(), wrong(check));
        assertTrue(check.checks().stream().anyMatch(each -> each.what().equals("bytes") && each.state() == State.NOTE));
    }

    @Test
    void aGateRefusesARunThatDidNotSucceedWhateverVerdictIsRequired() throws Exception {
        for (Verdict verdict : Verdict.values()) {
            ModelCheck check = check(found(record("Failed", churn), 0, FILES));
            assertEquals(State.WRONG, check.gate(verdict, ALL).state(), verdict + "");
        }
    }

    @Test
    void aGateRefusesAModelOfAnotherRun() throws Exception {
        ModelRecord others = churn.registered(Registration.OTHER_RUN, "");
        ModelCheck then = check(found(record("Succeeded", others), 0, FILES));
        assertTrue(
                then.gate(Verdict.MATCH, ALL).message().contains("another run"),
                then.checks().toString());
        FoundModel found = found(record("Succeeded", churn), 0, FILES);
        assertEquals(State.OK, check(found).gate(Verdict.MATCH, ALL).state());
        journal(found).amend(found.entry(), List.of(others));
        FoundModel later = new FindModels(stores).named("churn:2").getFirst();
        assertEquals(found.entry().id(), later.entry().id());
        ModelCheck check = check(later);
        assertEquals(State.WRONG, check.gate(Verdict.MATCH, ALL).state());
        assertFalse(Check.anyWrong(check.checks()), "what was signed is in order all the same");
    }

    @Test
    void aGateRefusesAModelOfWhichTheRegistryIsStillToSayWhoseItIs() throws Exception {
        awaited = true;
        FoundModel found = found(record("Succeeded", churn), 0, FILES);
        ModelCheck waits = check(found);
        assertEquals(List.of(), wrong(waits));
        for (Verdict verdict : Verdict.values()) {
            assertEquals(State.WRONG, waits.gate(verdict, ALL).state(), verdict + "");
        }
        assertEquals(
                "FAILED",
                java.util.Objects.requireNonNull(waits.statements().get("vsa"))
                        .predicate()
                        .get("verificationResult"));
        RunEvidence made = java.util.Objects.requireNonNull(found.evidence());
        assertEquals(made, RunEvidence.of(made.tree()));
        RunEvidence forged = new RunEvidence(made.id(), made.record(), made.models(), false);
        ModelCheck said = check(new FoundModel(found.sync(), found.entry(), 0, forged));
        assertEquals(State.WRONG, said.gate(Verdict.MATCH, ALL).state(), "what is signed counts, not the list");
    }

    @Test
    void aModelThatHasNoVersionIsAwaitedByNobody() throws Exception {
        awaited = true;
        ModelRecord unversioned =
                new ModelRecord("churn", "", "", "", "", "", churn.digest(), Registration.UNKNOWN, "");
        ModelCheck check = check(found(record("Succeeded", unversioned), 0, FILES));
        assertEquals(State.OK, check.gate(Verdict.MATCH, ALL).state());
    }

    @Test
    void whereNothingWasCheckedNothingIsVerified() {
        assertFalse(Check.verified(List.of()));
        assertFalse(Check.verified(List.of(Check.note("log", "nothing is sealed"))));
        assertFalse(Check.verified(List.of(Check.ok("a", ""), Check.wrong("b", ""))));
        assertTrue(Check.verified(List.of(Check.ok("a", ""), Check.note("b", ""))));
    }

    private ModelCheck check(FoundModel found) {
        return ModelCheck.of(stores, keys.keyring(), found);
    }

    private static List<String> wrong(ModelCheck check) {
        return check.checks().stream()
                .filter(each -> each.state() == State.WRONG)
                .map(Check::what)
                .toList();
    }

    private RunJournal journal(FoundModel found) {
        return new RunJournal(stores, found.sync().cluster(), found.sync().id());
    }

    private FoundModel found(RunRecord record, int index, List<ModelFile> files) throws Exception {
        StoredSync sync = new StoredSync(record.id().cluster(), record.sync());
        RunEntry entry = new RunJournal(stores, sync.cluster(), sync.id()).record(record);
        Map<Integer, List<ModelFile>> each = files.isEmpty()
                ? Map.of()
                : IntStream.range(0, record.models().size())
                        .boxed()
                        .collect(java.util.stream.Collectors.toMap(i -> i, i -> files));
        RunEvidence evidence = new EvidenceMaker(
                        new EvidenceArchive(stores, sync.cluster(), sync.id()),
                        new EvidenceSource("https://git.example.com/ml.git", "main", "overlays/prod"),
                        new Builder(record.executor(), sync.cluster(), "0.1.0"),
                        keys)
                .make(record, entry.record(), each, NOW, awaited);
        return new FoundModel(sync, entry, index, evidence);
    }

    private int runs;
    private boolean awaited;

    private RunRecord record(String phase, @Nullable ModelRecord... models) {
        runs++;
        return SampleRecords.record("uid-" + runs, phase).withModels(List.of(models));
    }

    private static ModelRecord named(String name, ModelRecord of) {
        return new ModelRecord(
                name,
                of.version(),
                of.uri(),
                of.mlflowRunId(),
                of.accuracy(),
                of.node(),
                of.digest(),
                of.registration(),
                of.source());
    }
}
