package dev.plumbline.controller.record;

import dev.plumbline.controller.live.ClusterException;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Makes the record of a run that is over, keeps it, and sees that it is signed and its models are tagged. */
final class RunWriter {

    private final String cluster;
    private final Executor executor;
    private final RecorderDoors doors;
    private final Judge judge;
    private final SeenPods pods;
    private final RunEvents events;
    private final ModelTags models;
    private final RegistryFeed registry;
    private final StepCodeReader stepCode;
    private final EarlierResults earlier;
    private final Map<SyncId, RunJournal> journals = new ConcurrentHashMap<>();

    RunWriter(
            SyncId sync,
            String cluster,
            Executor executor,
            RecorderDoors doors,
            Judge judge,
            SeenPods pods,
            RunEvents events) {
        this.pods = pods;
        this.cluster = cluster;
        this.executor = executor;
        this.doors = doors;
        this.judge = judge;
        this.events = events;
        this.models = new ModelTags(doors.models());
        this.registry = new RegistryFeed(models, sync.toString(), events::trouble);
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
     * Records a run that is over and signs the evidence. What the model registry is to be told is left to the {@link RegistryFeed},
     * which forgets the sighting in the end.
     *
     * @throws ModelRegistryException when only that could not be left to it; {@link #goOn} goes on
     * @throws SignException when it is recorded but not signed; {@link #goOn} goes on
     */
    void write(WatchedSync sync, Observation run, RunSighting sighting)
            throws StoreException, SourceException, ClusterException, ModelRegistryException, SignException {
        RunJournal journal = journal(sync.id());
        Joined joined = joined(record(sync, run, sighting));
        RunRecord mine =
                doors.evidence() == null ? joined.record() : doors.evidence().withoutSecrets(joined.record());
        RunJournal.Kept counts = journal.keep(mine);
        pods.forget(mine.id().uid());
        events.recorded(counts.record());
        boolean first = counts.record().equals(mine);
        complete(sync, sighting, counts, first ? new Joined(mine, joined.awaited()) : joined(counts.record()));
    }

    /**
     * Goes on with a run that is claimed: sees that it stands in the log, is signed, and its models are tagged.
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
        complete(sync, sighting, new RunJournal.Kept(entry.get(), record), joined(record));
        return true;
    }

    /** Whether anything was entered beside recording since this was asked last, so that it is to be sealed. */
    boolean amended() {
        return registry.tookTurns();
    }

    /** Begins nothing more. */
    void closing() {
        registry.closing();
    }

    /** Ends what goes on beside recording. */
    void close() {
        registry.close();
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

    private void complete(WatchedSync sync, RunSighting sighting, RunJournal.Kept kept, Joined joined)
            throws StoreException, ModelRegistryException, SignException {
        events.entered(sync.id());
        if (doors.evidence() != null) {
            doors.evidence()
                    .write(
                            doors.stores(),
                            sync,
                            joined.record(),
                            kept.entry().record(),
                            doors.artifacts(),
                            joined.awaited());
        }
        RunJournal journal = journal(sync.id());
        if (models.asks(kept.record().models())) {
            registry.put(kept.record().id(), () -> register(sync, journal, kept.entry()));
        } else {
            journal.finish(sighting);
        }
    }

    /** Done by the thread of the {@link RegistryFeed}: all of it, again, when any of it failed. */
    private void register(WatchedSync sync, RunJournal journal, RunEntry entry)
            throws StoreException, ModelRegistryException, SignException {
        if (!journal.isPending(entry.id())) {
            return; // Somebody else was here.
        }
        RunRecord record = journal.read(entry.record());
        List<ModelRecord> joined = record.models();
        try {
            joined = models.join(record.models());
        } catch (ModelRegistryException e) {
            untagged(e);
        }
        if (doors.evidence() != null) {
            doors.evidence().answer(doors.stores(), sync, record.withModels(joined));
        }
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
                doors.artifacts().inputs(run.inputs()),
                inForce.isEmpty() ? null : inForce.getFirst().release(),
                inForce.size() < 2 ? null : inForce.get(1).release(),
                judgement,
                ModelTags.made(run, artifacts),
                ModelsOfRun.dataDigests(run));
    }

    /** With what the model registry says at once; without it the models are recorded as unknown. */
    private Joined joined(RunRecord record) {
        try {
            return new Joined(record.withModels(registry.ask(record.models())), false);
        } catch (ModelRegistryException e) {
            return new Joined(record, e.retryable());
        }
    }

    /**
     * A run with what the model registry said of its models.
     *
     * @param record the run
     * @param awaited whether the registry is still to say it
     */
    private record Joined(RunRecord record, boolean awaited) {}

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
