package dev.plumbline.controller.cli;

import dev.plumbline.registry.evidence.Bundle;
import dev.plumbline.registry.evidence.BundleCheck;
import dev.plumbline.registry.evidence.Check;
import dev.plumbline.registry.evidence.EvidenceArchive;
import dev.plumbline.registry.evidence.EvidenceSource;
import dev.plumbline.registry.evidence.FindModels;
import dev.plumbline.registry.evidence.FoundModel;
import dev.plumbline.registry.evidence.LineageEvents;
import dev.plumbline.registry.evidence.LogCheck;
import dev.plumbline.registry.evidence.ModelCheck;
import dev.plumbline.registry.evidence.Statement;
import dev.plumbline.registry.evidence.StoredSync;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.run.Executor;
import dev.plumbline.registry.run.RunRecord;
import dev.plumbline.registry.run.Verdict;
import dev.plumbline.registry.sign.Keyring;
import dev.plumbline.registry.sign.KnownKey;
import dev.plumbline.registry.sign.SignException;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumbline verify}. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Check the evidence about a model, offline: signatures, digests, and the chain up to the commit; or the chained log"
                    + " of everything that was recorded.",
            "Exit codes: 0 everything is as it should be, 1 something is not, 2 usage or environment."
        },
        footer = {
            "",
            "Examples:",
            "  plumbline verify churn:3",
            "  plumbline verify ./churn-model --repo ~/pipelines --key team.pem",
            "  plumbline verify sha256:228c61fe… --require MATCH",
            "  plumbline verify churn:3 --require MATCH --allow-executor local",
            "  plumbline verify ./churn-model --bundle churn.sig --key their.pem",
            "  plumbline verify churn:3 --require MATCH --repo ~/pipelines --tag prod",
            "  plumbline verify --log --write-anchor ~/anchors/plumbline.jsonl",
            "  plumbline verify --log --anchor ~/anchors/plumbline.jsonl",
            "  plumbline verify --log --write-anchor refs/plumbline/anchor --repo ~/pipelines"
        })
final class VerifyCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "MODEL|FILE|sha256:…",
            description = "name or name:version of a model, a file or folder of one, or a digest")
    @Nullable
    String subject;

    @Mixin
    final EvidencePlace place = new EvidencePlace();

    @Option(
            names = "--repo",
            paramLabel = "DIR",
            description = "also render the commit in this clone or bare repository, and compare with what was signed")
    @Nullable
    Path repository;

    @Option(
            names = "--require",
            paramLabel = "VERDICT",
            description = "be a gate: fail unless the verdict is this one and the run succeeded")
    @Nullable
    Verdict required;

    @Option(
            names = "--allow-executor",
            paramLabel = "NAME",
            description =
                    "an executor that --require lets through beside argo; local is none of them unless it is named")
    Set<Executor> allowed = new TreeSet<>();

    @Option(
            names = "--export",
            paramLabel = "DIR",
            description = "write the statements as files, for other tools to check")
    @Nullable
    Path export;

    @Option(
            names = "--bundle",
            paramLabel = "FILE",
            description =
                    "check this Sigstore bundle, which another tool made (model_signing, cosign), about the file, folder or digest")
    @Nullable
    Path bundle;

    @Option(
            names = "--tag",
            paramLabel = "STAGE",
            description =
                    "when --require lets the model through, tag its commit in --repo, as GTO reads it: its version, and that it is"
                            + " in this stage")
    @Nullable
    String stage;

    @Option(names = "--log", description = "check the chained log and everything that it seals")
    boolean log;

    @Option(
            names = "--anchor",
            paramLabel = "FILE|REF",
            description =
                    "seals that were kept elsewhere, in a file or under a ref (refs/…) of --repo: finds what was cut off at"
                            + " the end, and a log written anew")
    @Nullable
    String anchor;

    @Option(
            names = "--write-anchor",
            paramLabel = "FILE|REF",
            description = "when all is in order, append the newest seal of each log to a file or ref")
    @Nullable
    String writeAnchor;

    @Mixin
    final ArgoOption argo = new ArgoOption();

    @Override
    public Integer call() {
        if (log == (subject != null)) {
            throw new ParameterException(spec.commandLine(), "name either a model, file or digest, or --log");
        }
        if (stage != null && (required == null || repository == null)) {
            throw new ParameterException(
                    spec.commandLine(), "--tag writes down in --repo what --require let through; give both");
        }
        boolean gated = required != null || stage != null || !allowed.isEmpty();
        if (bundle != null && (log || repository != null || gated || export != null)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--bundle checks what another tool signed, of which no run is known: without --log, --repo, --require,"
                            + " --allow-executor and --export");
        }
        if (log && (gated || export != null)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--log checks no model: without --require, --allow-executor, --tag and --export");
        }
        if (!log && (anchor != null || writeAnchor != null)) {
            throw new ParameterException(spec.commandLine(), "--anchor and --write-anchor are for --log");
        }
        try {
            Keyring keys = place.keyring();
            Path others = bundle;
            if (others != null) {
                return theirs(keys, String.valueOf(subject), others);
            }
            Stores stores = place.stores();
            return subject == null ? log(stores, keys) : model(stores, keys, subject);
        } catch (StoreException | SignException | IOException e) {
            throw new CommandException(CommandException.ENVIRONMENT, String.valueOf(e.getMessage()));
        }
    }

    private int theirs(Keyring keys, String asked, Path from) throws IOException {
        VerifiedSubject given = VerifiedSubject.of(asked);
        Digest digest = given.digest();
        if (digest == null) {
            throw new CommandException(CommandException.ENVIRONMENT, "there is no file or folder " + asked);
        }
        List<Check> checks = BundleCheck.of(Files.readAllBytes(from), keys, digest, given.without(from));
        return place.print(spec.commandLine().getOut(), asked, checks);
    }

    private int log(Stores stores, Keyring keys) throws StoreException, IOException {
        Path repo = repository == null ? Path.of("").toAbsolutePath() : repository;
        Anchors file = new Anchors(anchor == null ? writeAnchor : anchor, repo);
        List<Bundle> anchors = anchor == null ? file.read() : file.readSome();
        List<StoredSync> syncs = StoredSync.of(stores);
        List<Check> checks = new ArrayList<>();
        for (StoredSync sync : syncs) {
            checks.addAll(LogCheck.of(stores, keys, sync, anchors));
        }
        checks.addAll(file.unknown(anchors, syncs, stores));
        int code = place.print(spec.commandLine().getOut(), "log", checks);
        if (code == 0 && writeAnchor != null) {
            new Anchors(writeAnchor, repo).append(stores, syncs);
        }
        return code;
    }

    private int model(Stores stores, Keyring keys, String asked) throws StoreException, IOException {
        VerifiedSubject files = VerifiedSubject.of(asked);
        FoundModel found = files.find(new FindModels(stores));
        ModelCheck check = ModelCheck.of(stores, keys, found);
        List<Check> checks = new ArrayList<>(check.checks());
        checks.addAll(files.compare(check));
        if (repository != null) {
            checks.addAll(new CommitCheck(repository, argo.options()).of(check));
        }
        if (required != null) {
            Set<Executor> executors = new TreeSet<>(allowed);
            executors.add(Executor.ARGO);
            checks.add(check.gate(required, executors));
        }
        int code = place.print(spec.commandLine().getOut(), found.name(), checks);
        if (code == 0 && stage != null && repository != null) {
            promote(new Promotion(repository, stage), found, check);
        }
        if (code == 0 && export != null) {
            export(stores, keys, found, export);
            lineage(check, export.resolve("openlineage.jsonl"));
        }
        return code;
    }

    private void promote(Promotion promotion, FoundModel found, ModelCheck check) {
        RunRecord record = check.record();
        CommitId commit = record == null ? null : record.judgement().commit();
        if (commit == null) {
            throw new CommandException(
                    CommandException.WRONG, "no one commit made " + found.name() + ", so there is none to tag");
        }
        try {
            spec.commandLine().getErr().println(promotion.write(found.said(), commit, Instant.now()));
        } catch (SourceException e) {
            throw new CommandException(CommandException.ENVIRONMENT, String.valueOf(e.getMessage()));
        }
    }

    /** The record as events of OpenLineage: an unsigned copy, with the source that was signed. */
    private static void lineage(ModelCheck check, Path file) throws IOException {
        Statement run = check.statements().get("run");
        RunRecord record = check.record();
        if (run == null || record == null) {
            return;
        }
        String[] at = {"buildDefinition", "externalParameters", "source"};
        Map<String, @Nullable Object> source = Tree.map(run.predicate(), at);
        EvidenceSource from = new EvidenceSource(
                Tree.text(source, "repository"), Tree.text(source, "ref"), Tree.text(source, "path"));
        StringBuilder lines = new StringBuilder();
        LineageEvents.of(record, from)
                .forEach(event -> lines.append(Json.write(event)).append('\n'));
        Files.writeString(file, lines);
    }

    private static void export(Stores stores, Keyring keys, FoundModel found, Path folder)
            throws StoreException, IOException {
        Files.createDirectories(folder);
        EvidenceArchive archive =
                new EvidenceArchive(stores, found.sync().cluster(), found.sync().id());
        var model = java.util.Objects.requireNonNull(found.model());
        for (Map.Entry<String, Digest> each : model.bundles().entrySet()) {
            Bundle bundle = archive.bundle(each.getValue());
            String name = each.getKey().equals("model") ? "model.sig" : each.getKey() + ".sigstore.json";
            Files.write(folder.resolve(name), bundle.bytes());
            if (each.getKey().equals("vsa")) {
                Files.write(folder.resolve("vsa.intoto.jsonl"), bundle.envelopeBytes());
            }
            KnownKey key = keys.find(bundle.hint()).orElseThrow();
            Files.writeString(folder.resolve("key.pem"), key.key().pem());
        }
    }
}
