package dev.plumbline.controller.record;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.models.ModelRegistryException;
import dev.plumbline.registry.provenance.Judge;
import dev.plumbline.registry.provenance.ModelsOfRun;
import dev.plumbline.registry.provenance.StepCode;
import dev.plumbline.registry.provenance.WorkflowDefaults;
import dev.plumbline.registry.run.ArtifactRecord;
import dev.plumbline.registry.run.Executor;
import dev.plumbline.registry.run.Judgement;
import dev.plumbline.registry.run.ModelRecord;
import dev.plumbline.registry.run.Observation;
import dev.plumbline.registry.run.RunEntry;
import dev.plumbline.registry.run.RunJournal;
import dev.plumbline.registry.run.RunRecord;
import dev.plumbline.registry.run.RunSighting;
import dev.plumbline.registry.sign.SignException;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.store.StoreException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the record of a run that is over, keeps it, and writes the tags of its models. Used by one thread. */
final class RunWriter {

    private final String cluster;
    private final Executor executor;
    private final RecorderDoors doors;
    private final Judge judge;
    private final SeenPods pods;
    private final RunEvents events;
    private final ModelTags models;
    private final StepCodeReader stepCode;
    private final EarlierResults earlier;
    private final Map<SyncId, RunJournal> journals = new HashMap<>();

    RunWriter(String cluster, Executor executor, RecorderDoors doors, Judge judge, SeenPods pods, RunEvents events) {
        this.pods = pods;
        this.cluster = cluster;
        this.executor = executor;
        this.doors = doors;
        this.judge = judge;
        this.events = events;
        this.models = new ModelTags(doors.models());
        this.stepCode = new StepCodeReader(doors.cluster());
        this.earlier = new EarlierResults(doors.cluster(), doors.caches());
    }

    RunJournal journal(SyncId sync) {
        return journals.computeIfAbsent(sync, id -> new RunJournal(doors.stores(), cluster, id));
    }

    /** Looks at what changes from time to time, because a run begins. */
    void begins() throws ClusterException, StoreException {
        doors.defaults().look();
    }

    StepCodeReader stepCode() {
        return stepCode;
    }

    /**
     * Records a run that is over, tags its models and forgets its sighting.
     *
     * @throws ModelRegistryException when only the tags are not written yet; {@link #goOn} goes on
     */
    void write(WatchedSync sync, Observation run, RunSighting sighting)
            throws StoreException, SourceException, ClusterException, ModelRegistryException, SignException {
        RunJournal journal = journal(sync.id());
        RunRecord record = record(sync, run, sighting);
        RunJournal.Kept counts = journal.keep(
                doors.evidence() == null ? record : doors.evidence().withoutSecrets(record));
        RunEntry entry = counts.entry();
        RunRecord kept = counts.record();
        pods.forget(record.id().uid());
        events.recorded(kept);
        complete(sync, journal, kept, entry);
    }

    /**
     * Goes on with a run that is claimed: sees that it stands in the log and that its tags are written.
     *
     * @return false when it is not claimed
     */
    boolean goOn(WatchedSync sync, RunSighting sighting) throws StoreException, ModelRegistryException, SignException {
        RunJournal journal = journal(sync.id());
        Optional<RunEntry> entry = journal.settle(sighting.id());
        if (entry.isEmpty()) {
            return false;
        }
        RunRecord record = journal.read(entry.get().record());
        complete(sync, journal, record, entry.get());
        return true;
    }

    /**
     * Seals what is new in the history and the runs of a sync.
     *
     * @return false while the key is not there yet
     * @throws SignException when the key cannot be used
     */
    boolean seal(SyncId sync) throws StoreException, SignException {
        return doors.evidence() == null || doors.evidence().seal(doors.stores(), cluster, sync);
    }

    /** What is signed of a model says what the model registry says of it, so the registry is asked first. */
    private void complete(WatchedSync sync, RunJournal journal, RunRecord record, RunEntry entry)
            throws StoreException, ModelRegistryException, SignException {
        events.entered(sync.id());
        List<ModelRecord> joined = record.models();
        try {
            joined = models.join(record.models());
        } catch (ModelRegistryException e) {
            untagged(e);
        }
        attest(sync, record.withModels(joined), entry);
        try {
            models.write(record, joined, sync.repository()).forEach(events::trouble);
            for (ModelRecord model : joined) {
                events.registered(record, model);
            }
        } catch (ModelRegistryException e) {
            untagged(e);
        }
        if (!joined.equals(record.models())) {
            journal.amend(entry, joined); // last, so that trying again says it once
        }
        journal.finish(record.id());
    }

    private void attest(WatchedSync sync, RunRecord record, RunEntry entry) throws StoreException, SignException {
        if (doors.evidence() != null) {
            doors.evidence().write(doors.stores(), sync, record, entry.record(), doors.artifacts());
        }
    }

    private void untagged(ModelRegistryException e) throws ModelRegistryException {
        if (e.retryable()) {
            throw e;
        }
        events.trouble(e.getMessage() + "; the run is recorded without it and this is not tried again");
    }

    private Judgement judgement(
            WatchedSync sync,
            Observation run,
            RunSighting sighting,
            @Nullable Instant created,
            List<Judge.Force> inForce)
            throws StoreException, SourceException, ClusterException {
        Map<String, StepCode.Sighting> held = stepCode.sightings(sighting, Judge.configMaps(run));
        return judge.judge(
                run, held, sync.content(), inForce, defaults(created, run), earlier.follow(run, journal(sync.id())));
    }

    private RunRecord record(WatchedSync sync, Observation seen, RunSighting sighting)
            throws StoreException, SourceException, ClusterException {
        Observation run = executor == Executor.ARGO ? pods.complete(seen) : seen;
        List<Judge.Force> inForce = new ArrayList<>();
        Instant created = created(run);
        if (created != null) {
            inForce.addAll(sync.releases().inForce(sync.id(), created));
        }
        Judgement judgement = judgement(sync, run, sighting, created, inForce);
        List<ArtifactRecord> artifacts = doors.artifacts().read(run);
        return new RunRecord(
                sighting.id(),
                sync.id(),
                executor,
                run.namespace(),
                run.name(),
                run.templateRef(),
                run.trigger(),
                run.createdAt(),
                run.finishedAt(),
                run.ended() ? run.phase() : RunRecord.VANISHED,
                run.message(),
                run.parameters(),
                run.nodes(),
                run.outputs(),
                artifacts,
                inForce.isEmpty() ? null : inForce.getFirst().release(),
                inForce.size() < 2 ? null : inForce.get(1).release(),
                judgement,
                models(run, artifacts),
                ModelsOfRun.dataDigests(run));
    }

    /** The models with their digests, and what the registry says now; without it they are recorded as unknown. */
    private List<ModelRecord> models(Observation run, List<ArtifactRecord> artifacts) {
        List<ModelRecord> made = ModelsOfRun.models(run).stream()
                .map(model -> model.withDigest(digest(model, artifacts)))
                .toList();
        try {
            return models.join(made);
        } catch (ModelRegistryException e) {
            events.trouble(e.getMessage() + "; run " + run.name() + " is recorded first");
            return made;
        }
    }

    /** The digest of the one artifact that is marked as a model by its name. */
    private static @Nullable Digest digest(ModelRecord model, List<ArtifactRecord> artifacts) {
        List<Digest> digests = artifacts.stream()
                .filter(artifact -> artifact.name().startsWith("model"))
                .filter(artifact -> model.node().isEmpty() || artifact.node().equals(model.node()))
                .map(ArtifactRecord::sha256)
                .filter(java.util.Objects::nonNull)
                .distinct()
                .toList();
        return digests.size() == 1 ? digests.getFirst() : null;
    }

    /** What Argo added when it took up the run, which is once, however often the run is tried again. */
    private WorkflowDefaults defaults(@Nullable Instant created, Observation run)
            throws ClusterException, StoreException {
        doors.defaults().look();
        Instant first = run.nodes().stream()
                .map(node -> instant(node.startedAt()))
                .filter(java.util.Objects::nonNull)
                .min(java.util.Comparator.naturalOrder())
                .orElse(instant(run.attempt()));
        return created == null || first == null
                ? WorkflowDefaults.UNKNOWN
                : doors.defaults().between(created, first);
    }

    private static @Nullable Instant created(Observation run) {
        return instant(run.createdAt());
    }

    private static @Nullable Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null; // then no Release is known to have been in force, which the verdict says
        }
    }
}
