package dev.plumbline.controller.record;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.RunId;
import dev.plumbline.registry.models.ModelRegistryException;
import dev.plumbline.registry.run.Observation;
import dev.plumbline.registry.run.RunJournal;
import dev.plumbline.registry.run.RunObserver;
import dev.plumbline.registry.run.RunSighting;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.store.StoreException;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows each run from its first sight to its record. What it must not forget is in the stores before it goes on, so it may
 * be killed at any moment; what fails is kept and tried again. Used by one thread.
 */
final class RunFollower {

    /** Most ended runs that are remembered as done, to spare the stores a question: 10,000. */
    static final int MAX_DONE = 10_000;

    private final String cluster;
    private final RunWriter writer;
    private final RunEvents events;
    private final Map<RunId, RunSighting> open = new HashMap<>();
    private final Map<RunId, Attempt> failed = new LinkedHashMap<>();
    private final Set<String> said = new HashSet<>();
    private final Set<RunId> done = new HashSet<>();

    RunFollower(String cluster, RunWriter writer, RunEvents events) {
        this.cluster = cluster;
        this.writer = writer;
        this.events = events;
    }

    /** Takes the state of one Workflow object into account. */
    void saw(WatchedSync sync, Map<String, @Nullable Object> workflow, boolean deleted) {
        String attempt = Tree.text(workflow, "status", "startedAt");
        if (attempt.isEmpty()) {
            return; // It has executed nothing yet; without a start there is no attempt to name.
        }
        RunId id = new RunId(cluster, Tree.text(workflow, "metadata", "uid"), attempt);
        if (!done.contains(id)) {
            attempt(id, Tree.text(workflow, "metadata", "name"), () -> follow(sync, id, workflow, deleted));
        }
    }

    /**
     * After all Workflows of a namespace were listed: runs that were seen before and are not among them are gone, and what a
     * kill interrupted goes on.
     */
    void listed(WatchedSync sync, String namespace, Collection<Map<String, @Nullable Object>> workflows) {
        Set<RunId> there = new HashSet<>();
        for (Map<String, @Nullable Object> workflow : workflows) {
            there.add(new RunId(
                    cluster, Tree.text(workflow, "metadata", "uid"), Tree.text(workflow, "status", "startedAt")));
        }
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

    /** Tries again what failed. */
    void retry() {
        List<Attempt> again = List.copyOf(failed.values());
        failed.clear();
        again.forEach(attempt -> attempt(attempt.id(), attempt.name(), attempt.work()));
    }

    /** Whether something failed and waits. */
    boolean waiting() {
        return !failed.isEmpty();
    }

    private void follow(WatchedSync sync, RunId id, Map<String, @Nullable Object> workflow, boolean deleted)
            throws StoreException, SourceException, ClusterException, ModelRegistryException {
        Observation run = RunObserver.observe(workflow);
        RunJournal journal = writer.journal(sync.id());
        RunSighting sighting = open.get(id);
        if (sighting == null && journal.claimed(id)) {
            writer.goOn(sync, bare(sync, id, run));
            finished(id);
            return;
        }
        Set<String> names = StepCodeReader.names(workflow);
        if (sighting == null || !sighting.configMaps().keySet().containsAll(names)) {
            sighting = see(sync, journal, bare(sync, id, run), run, names);
        }
        if (run.ended() || deleted) {
            Observation last = run.ended() ? run : run.obscured("the run was deleted before it ended");
            writer.write(sync, last, sighting);
            finished(id);
        }
    }

    private RunSighting see(WatchedSync sync, RunJournal journal, RunSighting bare, Observation run, Set<String> names)
            throws StoreException, ClusterException {
        Set<String> unseen = new HashSet<>(names);
        RunSighting known = open.getOrDefault(bare.id(), bare);
        unseen.removeAll(known.configMaps().keySet());
        Map<String, Optional<Digest>> digests = writer.stepCode().read(run.namespace(), unseen);
        RunJournal.Seen seen = journal.see(known.with(digests));
        open.put(bare.id(), seen.sighting());
        if (seen.first() && !run.ended()) {
            events.started(sync.id(), run);
        }
        return seen.sighting();
    }

    private void gone(WatchedSync sync, RunSighting sighting)
            throws StoreException, SourceException, ClusterException, ModelRegistryException {
        if (!writer.goOn(sync, sighting)) {
            writer.write(sync, Observation.lost(sighting), sighting);
        }
        finished(sighting.id());
    }

    private void finished(RunId id) {
        open.remove(id);
        if (done.size() >= MAX_DONE) {
            done.clear();
        }
        done.add(id);
    }

    private static RunSighting bare(WatchedSync sync, RunId id, Observation run) {
        return new RunSighting(id, sync.id(), run.namespace(), run.name(), run.createdAt(), run.ended(), Map.of());
    }

    private void attempt(RunId id, String name, Work work) {
        try {
            work.run();
            failed.remove(id);
        } catch (StoreException | SourceException | ClusterException | ModelRegistryException e) {
            failed.put(id, new Attempt(id, name, work));
            say("run " + name + " is not fully recorded yet: " + e.getMessage());
        } catch (IllegalArgumentException | DateTimeParseException | ClassCastException e) {
            // A form that nobody foresaw ends this one run, not the recorder.
            say("run " + name + " cannot be recorded, which is a bug to report: " + e);
        }
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

    /**
     * Work that failed.
     *
     * @param id the run
     * @param name its name
     * @param work what is to be done again
     */
    private record Attempt(RunId id, String name, Work work) {}

    /** Something that can be done again. */
    private interface Work {
        void run() throws StoreException, SourceException, ClusterException, ModelRegistryException;
    }
}
