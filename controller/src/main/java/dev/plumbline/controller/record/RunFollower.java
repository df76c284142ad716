package dev.plumbline.controller.record;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.ClusterReader;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.model.RunId;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.models.ModelRegistryException;
import dev.plumbline.registry.run.Observation;
import dev.plumbline.registry.run.RunJournal;
import dev.plumbline.registry.run.RunSighting;
import dev.plumbline.registry.sign.SignException;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.store.StoreException;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Follows each run from its first sight to its record. What it must not forget is in the stores before it goes on, so it may
 * be killed at any moment; what fails is kept and tried again. Different runs may be looked at side by side, one run not.
 */
final class RunFollower {

    /** Most ended runs that are remembered as done, to spare the stores a question: 10,000. */
    static final int MAX_DONE = 10_000;

    private final String cluster;
    private final ClusterReader reader;
    private final RunWriter writer;
    private final RunKeeper keeper;
    private final @Nullable ArchivedRuns archived;
    private final RunEvents events;
    private final Map<RunId, RunSighting> open = new ConcurrentHashMap<>();
    private final FailedRuns failed = new FailedRuns();
    private final Set<String> said = ConcurrentHashMap.newKeySet();
    private final Set<RunId> done = ConcurrentHashMap.newKeySet();
    private final Set<SyncId> unsealed = ConcurrentHashMap.newKeySet();

    /** The attempt of each run that is followed. */
    private final Map<String, RunId> attempts = new ConcurrentHashMap<>();

    RunFollower(
            String cluster,
            ClusterReader reader,
            RunWriter writer,
            RunKeeper keeper,
            @Nullable ArchivedRuns archived,
            RunEvents events) {
        this.archived = archived;
        this.keeper = keeper;
        this.cluster = cluster;
        this.reader = reader;
        this.writer = writer;
        this.events = events;
    }

    /** Looks at what runs will be judged by, before there is one. */
    void begin() {
        try {
            writer.begins();
        } catch (StoreException | ClusterException e) {
            say(e.getMessage()); // It is looked at again with the first run.
        }
    }

    /** Takes the state of one Workflow object into account. */
    void saw(WatchedSync sync, Map<String, @Nullable Object> workflow, boolean deleted) {
        String attempt = Tree.text(workflow, "status", "startedAt");
        if (attempt.isEmpty()) {
            return; // It has executed nothing yet; without a start there is no attempt to name.
        }
        RunId id = new RunId(cluster, Tree.text(workflow, "metadata", "uid"), attempt);
        if (done.contains(id)) {
            keeper.letGo(workflow);
            return;
        }
        String name = Tree.text(workflow, "metadata", "name");
        RunId before = attempts.put(id.uid(), id);
        RunSighting earlier = before == null || before.equals(id) ? null : open.get(before);
        if (earlier != null) {
            attempt(before, name, () -> lost(sync, earlier, "it was run again before its end was seen"));
        }
        attempt(id, name, () -> followBounded(sync, id, workflow, deleted || keeper.leaving(workflow)));
    }

    /** What cannot be recorded is not kept for ever. */
    private void followBounded(WatchedSync sync, RunId id, Map<String, @Nullable Object> workflow, boolean deleted)
            throws StoreException, SourceException, ClusterException, ModelRegistryException, SignException {
        boolean followed = false;
        try {
            follow(sync, id, workflow, deleted);
            followed = true;
        } finally {
            if (!followed) {
                keeper.bound(workflow);
            }
        }
    }

    /**
     * After all Workflows of a namespace were listed: runs that were seen before and are not among them are gone, and what a
     * kill interrupted goes on.
     */
    void listed(WatchedSync sync, String namespace, Set<RunId> there) {
        List<RunSighting> pending;
        try {
            pending = writer.journal(sync.id()).pending();
        } catch (StoreException e) {
            say(e.getMessage());
            return;
        }
        for (RunSighting sighting : pending) {
            if (sighting.namespace().equals(namespace) && !there.contains(sighting.id())) {
                attempt(sighting.id(), sighting.name(), () -> gone(sync, sighting));
            }
        }
    }

    /**
     * Tries again what failed. Nothing else is done meanwhile.
     *
     * @return whether too many failed to keep them all, and nothing fails any more: then all runs are to be listed again
     */
    boolean retry() {
        failed.take().forEach(run -> attempt(run.id(), run.name(), run.work()));
        return failed.tookAll();
    }

    /** Something of a sync is new, and to be sealed. */
    void unsealed(SyncId sync) {
        unsealed.add(sync);
    }

    private void seal(SyncId sync) {
        try {
            unsealed.remove(sync); // What comes while it is sealed is sealed the next time.
            if (!writer.seal(sync)) {
                unsealed.add(sync);
            }
        } catch (StoreException | SignException e) {
            unsealed.add(sync);
            say("what is new of " + sync + " is not sealed yet: " + e.getMessage());
        }
    }

    /** Seals what is new since the last time, in one batch; what fails is said once, and tried again. Used by one thread. */
    void sealRecorded() {
        List.copyOf(unsealed).forEach(this::seal);
    }

    private void follow(WatchedSync sync, RunId id, Map<String, @Nullable Object> workflow, boolean deleted)
            throws StoreException, SourceException, ClusterException, ModelRegistryException, SignException {
        Observation run = ArchivedRuns.observe(archived, workflow, deleted);
        RunJournal journal = writer.journal(sync.id());
        RunSighting sighting = open.get(id);
        boolean over = run.ended() || deleted;
        if (sighting == null && over && journal.claimed(id)) {
            goOn(sync, bare(sync, id, run));
            keeper.letGo(workflow);
            return;
        }
        if (!over) {
            keeper.keep(workflow);
        }
        Set<String> names = StepCodeReader.names(workflow);
        if (sighting == null || !sighting.configMaps().keySet().containsAll(names)) {
            sighting = see(sync, journal, bare(sync, id, run), run, names);
        }
        if (over) {
            write(sync, run.ended() ? run : run.obscured("the run was deleted before it ended"), sighting);
            keeper.letGo(workflow);
        }
    }

    /** What is left when the key is away, or too many runs wait for the model registry, needs no Workflow object. */
    private void write(WatchedSync sync, Observation run, RunSighting sighting)
            throws StoreException, SourceException, ClusterException {
        try {
            writer.write(sync, run, sighting);
            finished(sync, sighting.id());
        } catch (ModelRegistryException | SignException e) {
            later(sighting.id(), sighting.name(), () -> goOn(sync, sighting), e);
        }
    }

    private void goOn(WatchedSync sync, RunSighting sighting)
            throws StoreException, ModelRegistryException, SignException {
        if (writer.goOn(sync, sighting)) {
            finished(sync, sighting.id());
        }
    }

    private RunSighting see(WatchedSync sync, RunJournal journal, RunSighting bare, Observation run, Set<String> names)
            throws StoreException, ClusterException {
        Set<String> unseen = new HashSet<>(names);
        RunSighting known = open.getOrDefault(bare.id(), bare);
        unseen.removeAll(known.configMaps().keySet());
        Map<String, Optional<Digest>> digests = writer.stepCode().read(run.namespace(), unseen);
        writer.begins();
        RunJournal.Seen seen = journal.see(known.with(digests));
        open.put(bare.id(), seen.sighting());
        if (seen.first() && !run.ended()) {
            events.started(sync.id(), run);
        }
        return seen.sighting();
    }

    /** A list alone is not believed: it may be older than the sighting. */
    private void gone(WatchedSync sync, RunSighting sighting)
            throws StoreException, SourceException, ClusterException, ModelRegistryException, SignException {
        Optional<Map<String, @Nullable Object>> now =
                reader.get(new ObjectKey(Recorder.GROUP, Recorder.KIND, sighting.namespace(), sighting.name()));
        boolean there = now.filter(workflow -> Tree.text(workflow, "metadata", "uid")
                        .equals(sighting.id().uid()))
                .isPresent();
        if (!there) {
            deleted(sync, sighting);
        } else if (Tree.text(now.get(), "status", "startedAt")
                .equals(sighting.id().attempt())) {
            follow(sync, sighting.id(), now.get(), false);
        } else {
            lost(sync, sighting, "it was run again before its end was seen");
        }
    }

    /** It may be archived as it was when it ended. */
    private void deleted(WatchedSync sync, RunSighting sighting)
            throws StoreException, SourceException, ClusterException, ModelRegistryException, SignException {
        ArchivedRuns.Found found = ArchivedRuns.find(archived, sighting);
        if (found.run() == null) {
            lost(sync, sighting, found.why());
        } else if (Tree.text(found.run(), "status", "startedAt")
                .equals(sighting.id().attempt())) {
            follow(sync, sighting.id(), found.run(), true);
        } else {
            lost(sync, sighting, "it was run again before its end was seen");
            saw(sync, found.run(), true);
        }
    }

    private void lost(WatchedSync sync, RunSighting sighting, String why)
            throws StoreException, SourceException, ClusterException, ModelRegistryException, SignException {
        if (writer.goOn(sync, sighting)) {
            finished(sync, sighting.id());
        } else {
            write(sync, Observation.lost(sighting, why), sighting);
        }
    }

    private void finished(WatchedSync sync, RunId id) {
        open.remove(id);
        unsealed.add(sync.id());
        attempts.remove(id.uid(), id);
        if (done.size() >= MAX_DONE) {
            done.clear();
        }
        done.add(id);
    }

    private static RunSighting bare(WatchedSync sync, RunId id, Observation run) {
        return new RunSighting(id, sync.id(), run.namespace(), run.name(), run.createdAt(), run.ended(), Map.of());
    }

    private void attempt(RunId id, String name, FailedRuns.Work work) {
        failed.remove(id); // What fails again, or is left to do, is put back.
        try {
            work.run();
        } catch (StoreException | SourceException | ClusterException | ModelRegistryException | SignException e) {
            later(id, name, work, e);
        } catch (IllegalArgumentException | DateTimeParseException | ClassCastException e) {
            // A form that nobody foresaw ends this one run, not the recorder.
            say("run " + name + " cannot be recorded, which is a bug to report: " + e);
        }
    }

    private void later(RunId id, String name, FailedRuns.Work work, Exception why) {
        failed.add(new FailedRuns.Failed(id, name, work));
        say("run " + name + " is not fully recorded yet: " + why.getMessage());
    }

    /** Says each trouble once, however often it is tried again. */
    private void say(@Nullable String message) {
        String words = String.valueOf(message);
        if (said.size() >= MAX_DONE) {
            said.clear();
        }
        if (said.add(words)) {
            events.trouble(words);
        }
    }
}
