package dev.plumbline.registry.evidence;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.run.Executor;
import dev.plumbline.registry.run.ModelRecord;
import dev.plumbline.registry.run.ModelRecord.Registration;
import dev.plumbline.registry.run.RunJournal;
import dev.plumbline.registry.run.RunRecord;
import dev.plumbline.registry.run.Verdict;
import dev.plumbline.registry.sign.Keyring;
import dev.plumbline.registry.sign.KnownKey;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks the evidence about one model: that each statement is signed by a key that is believed, that the statements agree with
 * each other and with the record, and what they say of the run. Believes nothing that is not signed.
 */
public final class ModelCheck {

    private static final Map<String, String> TYPES = Map.of(
            "render", Statement.PROVENANCE,
            "run", Statement.PROVENANCE,
            "vsa", Statement.SUMMARY,
            "model", Statement.MODEL_SIGNATURE);

    private final Stores stores;
    private final Keyring keys;
    private final FoundModel found;
    private final List<Check> checks = new ArrayList<>();
    private final Map<String, Statement> statements = new LinkedHashMap<>();
    private @Nullable RunRecord record;

    private ModelCheck(Stores stores, Keyring keys, FoundModel found) {
        this.stores = stores;
        this.keys = keys;
        this.found = found;
    }

    /** Checks the evidence about a model. What is missing or damaged is among the checks, and thrown by nobody. */
    public static ModelCheck of(Stores stores, Keyring keys, FoundModel found) {
        ModelCheck check = new ModelCheck(stores, keys, found);
        check.run();
        return check;
    }

    /** What was checked. */
    public List<Check> checks() {
        return List.copyOf(checks);
    }

    /** The signed statements by what they are; only those whose signatures are good. */
    public Map<String, Statement> statements() {
        return Map.copyOf(statements);
    }

    /** The record of the run that the signed statements name; null when it could not be read. */
    public @Nullable RunRecord record() {
        return record;
    }

    /**
     * Whether a gate that asks for a verdict lets the model through: by the signed statements alone, from a run that succeeded.
     *
     * @param allowed executors that the gate accepts
     */
    public Check gate(Verdict required, Set<Executor> allowed) {
        Statement run = statements.get("run");
        Statement summary = statements.get("vsa");
        if (Check.anyWrong(checks) || run == null || summary == null) {
            return Check.wrong("gate", "refused: the evidence is not in order");
        }
        String executor = Check.text(run, "buildDefinition", "internalParameters", "executor");
        String verdict = Check.text(run, "buildDefinition", "internalParameters", "contentVerification");
        String phase = Check.text(run, "buildDefinition", "internalParameters", "phase");
        if (allowed.stream().noneMatch(one -> one.word().equals(executor))) {
            return Check.wrong(
                    "gate",
                    "refused: executor: " + executor
                            + " satisfies no gate unless it is allowed by name (--allow-executor " + executor + ")");
        }
        boolean passed = required != Verdict.MATCH
                || Check.text(summary, "verificationResult").equals("PASSED");
        if (otherRun()) {
            return Check.wrong(
                    "gate",
                    "refused: the model registry names another run for " + found.name() + " than "
                            + found.entry().name());
        }
        if (found.awaited()) {
            return Check.wrong(
                    "gate",
                    "refused: the model registry did not say yet whether " + found.name() + " is of run "
                            + found.entry().name() + "; ask again when it answers");
        }
        if (!verdict.equals(required.name()) || !phase.equals(RunRecord.SUCCEEDED) || !passed) {
            return Check.wrong(
                    "gate",
                    "refused: the verdict is " + verdict + " (run " + phase + "), and " + required
                            + " of a run that succeeded is required");
        }
        return Check.ok("gate", "the verdict is " + verdict + ", as required");
    }

    private void run() {
        ModelEvidence model = found.model();
        if (model == null) {
            checks.add(Check.wrong(
                    "evidence",
                    "there is no evidence about " + found.name() + " of run "
                            + found.entry().name() + "; the run was recorded without a key"));
            return;
        }
        model.bundles().forEach((kind, digest) -> bundle(kind, digest));
        if (statements.size() == model.bundles().size()) {
            agree(model);
            about(model);
        }
        stored();
        if (found.awaited()) {
            checks.add(Check.note(
                    "model registry",
                    "did not answer yet whether " + found.name() + " is of run "
                            + found.entry().name() + ", so no gate lets it through"));
        }
        if (otherRun()) {
            checks.add(Check.note(
                    "model registry",
                    "names another run for " + found.name() + " than "
                            + found.entry().name() + ", so no gate lets it through"));
        }
    }

    /** Whether the record, or the log later, says so: neither can hide it from the other. */
    private boolean otherRun() {
        RunRecord kept = record;
        boolean then = kept != null
                && found.index() < kept.models().size()
                && kept.models().get(found.index()).registration() == Registration.OTHER_RUN;
        return then || found.said().registration() == Registration.OTHER_RUN;
    }

    private void bundle(String kind, Digest digest) {
        String what = kind + " statement";
        try {
            Bundle bundle = new EvidenceArchive(
                            stores, found.sync().cluster(), found.sync().id())
                    .bundle(digest);
            Optional<KnownKey> key = keys.find(bundle.hint());
            if (key.isEmpty()) {
                checks.add(Check.wrong(
                        what, "is signed by the key " + bundle.hint() + ", which is not among those that you believe"));
                return;
            }
            Statement statement = Statement.of(bundle.payload());
            if (!bundle.signedBy(key.get().key())) {
                checks.add(Check.wrong(
                        what,
                        "does not have the signature of the key that it names, "
                                + key.get().key()));
            } else if (!statement.predicateType().equals(TYPES.get(kind))) {
                checks.add(Check.wrong(what, "is a " + statement.predicateType() + " and not a " + TYPES.get(kind)));
            } else if (key.get().retiredBefore(time(statement))) {
                checks.add(
                        Check.wrong(what, "states a time after " + key.get().retired() + ", when its key was retired"));
            } else {
                statements.put(kind, statement);
                checks.add(Check.ok(what, "signed by " + key.get().key()));
            }
        } catch (StoreException | IllegalArgumentException e) {
            checks.add(Check.wrong(what, e.getMessage()));
        }
    }

    /** What the summary states; other statements state no time of their own. */
    private static Instant time(Statement statement) {
        try {
            String time = Check.text(statement, "timeVerified");
            return time.isEmpty() ? Instant.MIN : Instant.parse(time);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("its timeVerified cannot be read", e);
        }
    }

    private void agree(ModelEvidence model) {
        Statement run = java.util.Objects.requireNonNull(statements.get("run"));
        Statement summary = java.util.Objects.requireNonNull(statements.get("vsa"));
        expect(
                "subjects",
                run.subjects().equals(model.subjects()) && summary.subjects().equals(model.subjects()),
                "run statement and summary are about the same model");
        List<String> inputs = Tree.maps(summary.predicate(), "inputAttestations").stream()
                .map(input -> Tree.text(input, "digest", "sha256"))
                .toList();
        List<String> expected = model.render() == null
                ? List.of(model.run().hex())
                : List.of(model.render().hex(), model.run().hex());
        expect("inputs", inputs.equals(expected), "the summary rests on the statements that are stored");
        Statement signature = statements.get("model");
        boolean files =
                run.subjects().stream().anyMatch(subject -> subject.role().equals(Subject.MODEL));
        if (signature != null) {
            Digest root = signature.subjects().getFirst().digest();
            expect(
                    "model",
                    root.equals(ModelFile.root(ModelFile.listed(signature)))
                            && model.subjects().stream()
                                    .anyMatch(subject -> subject.digest().equals(root)),
                    "the files of the model add up to " + root);
        } else if (files) {
            checks.add(Check.wrong("model", "the signature over the files of the model, which were read, was removed"));
        }
    }

    /** Ties what is signed to the model that is asked for: names stand in nothing but what is signed. */
    private void about(ModelEvidence model) {
        ModelRecord said = found.said();
        String name = EvidenceMaker.name(said.name(), said.version());
        Statement run = java.util.Objects.requireNonNull(statements.get("run"));
        Statement summary = java.util.Objects.requireNonNull(statements.get("vsa"));
        Statement signature = statements.get("model");
        Subject subject = run.subjects().getFirst();
        boolean unread = subject.role().equals(Subject.RUN_RECORD);
        expect(
                "name",
                model.name().equals(said.name())
                        && model.version().equals(said.version())
                        && Check.text(summary, "resourceUri")
                                .equals(VerdictSummary.resource(said.name(), said.version()))
                        && subject.name().equals(unread ? EvidenceMaker.unread(name) : name)
                        && (signature == null
                                || signature.subjects().getFirst().name().equals(said.name())),
                "what was signed is about " + name);
        if (unread) {
            checks.add(Check.note("bytes", "nobody read the bytes of " + name + ", so nothing is said of them"));
        }
    }

    /** The record, found by the digest that the run statement names. */
    private void stored() {
        Statement run = statements.get("run");
        if (run == null) {
            return;
        }
        try {
            String hex = Tree.text(
                    Tree.maps(run.predicate(), "runDetails", "byproducts").getFirst(), "digest", "sha256");
            RunRecord kept =
                    new RunJournal(stores, found.sync().cluster(), found.sync().id()).read(new Digest("sha256:" + hex));
            record = kept;
            Map<String, @Nullable Object> internal = Tree.map(run.predicate(), "buildDefinition", "internalParameters");
            expect(
                    "record",
                    kept.id().equals(found.entry().id())
                            && found.index() < kept.models().size()
                            && kept.models().get(found.index()).isOf(found.said())
                            && kept.judgement().verdict().name().equals(internal.get("contentVerification"))
                            && kept.phase().equals(internal.get("phase"))
                            && kept.executor().word().equals(internal.get("executor"))
                            && commit(run)
                                    .equals(
                                            kept.judgement().commit() == null
                                                    ? ""
                                                    : kept.judgement().commit().hex()),
                    "the stored record of run " + kept.name() + " says what was signed");
            expect(
                    "log of runs",
                    found.entry().record().hex().equals(hex)
                            && found.entry().verdict() == kept.judgement().verdict()
                            && java.util.Objects.equals(
                                    found.entry().commit(), kept.judgement().commit()),
                    "the log names the same record, verdict and commit");
        } catch (StoreException | IllegalArgumentException | java.util.NoSuchElementException e) {
            checks.add(Check.wrong("record", e.getMessage()));
        }
    }

    private static String commit(Statement run) {
        return Tree.maps(run.predicate(), "buildDefinition", "resolvedDependencies").stream()
                .map(dependency -> Tree.text(dependency, "digest", "gitCommit"))
                .filter(id -> !id.isEmpty())
                .findFirst()
                .orElse("");
    }

    private void expect(String what, boolean holds, String message) {
        checks.add(holds ? Check.ok(what, message) : Check.wrong(what, "it is not so that " + message));
    }
}
