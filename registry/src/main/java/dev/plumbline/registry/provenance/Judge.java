package dev.plumbline.registry.provenance;

import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.run.Interval;
import dev.plumbline.registry.run.Judgement;
import dev.plumbline.registry.run.Observation;
import dev.plumbline.registry.run.PartEvidence;
import dev.plumbline.registry.run.ReleaseInForce;
import dev.plumbline.registry.run.Trigger;
import dev.plumbline.registry.run.Verdict;
import dev.plumbline.registry.source.SourceException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives the verdict on a run: the first that holds of DRIFT, OVERRIDDEN, UNVERIFIABLE, MIXED, STALE and MATCH. It remembers
 * what it computed of Git's definitions, so that one Judge serves all runs; many threads may use it.
 */
public final class Judge {

    private final Definitions definitions = new Definitions();

    /**
     * A Release that was in force, and what it holds.
     *
     * @param release which
     * @param content its objects
     */
    public record Force(ReleaseInForce release, RenderedContent content) {}

    /** Names of the ConfigMaps whose content belongs to what a run executed. */
    public static Set<String> configMaps(Observation run) {
        return PartsOfRun.executedConfigMaps(run).keySet();
    }

    /**
     * The verdict on a run.
     *
     * @param run what was observed
     * @param configMaps what the cluster held of each of {@link #configMaps}
     * @param history what the mainline commits that were seen render to
     * @param inForce the Release in force when the run was created, then the one before it if that one was still being
     *     replaced; empty when there was none
     * @param defaults Argo's {@code workflowDefaults}; where several may have been in force, what agrees with one of them counts
     * @param followed results of earlier runs, as far as they could be followed to them: what made them there belongs to what ran
     * @throws SourceException when Git cannot be read; nothing is known then
     */
    public Judgement judge(
            Observation run,
            Map<String, StepCode.Sighting> configMaps,
            ContentHistory history,
            List<Force> inForce,
            WorkflowDefaults defaults,
            List<FollowedResult> followed)
            throws SourceException {
        Mainline mainline = new Mainline(history);
        FollowedParts earlier = new FollowedParts(mainline, followed);
        List<Judgement> judgements = new ArrayList<>();
        for (Map<String, @Nullable Object> candidate : defaults.candidates()) {
            PartsOfRun parts = PartsOfRun.of(run, configMaps, candidate, definitions);
            earlier.addTo(parts);
            judgements.add(new Case(parts, run, mainline, inForce).judge());
        }
        Judgement best = Collections.max(judgements, Comparator.comparing(Judgement::verdict));
        return defaults.known() || best.verdict() != Verdict.DRIFT ? best : unknown(best);
    }

    /** The verdict on a run where Argo adds nothing, as on the embedded cluster. */
    public Judgement judge(
            Observation run, Map<String, StepCode.Sighting> configMaps, ContentHistory history, List<Force> inForce)
            throws SourceException {
        return judge(run, configMaps, history, inForce, WorkflowDefaults.NONE, List.of());
    }

    /** Defaults that nobody knows may be why something is in no commit. */
    private static Judgement unknown(Judgement drift) {
        List<String> reasons = new ArrayList<>(drift.reasons());
        reasons.add("the workflowDefaults of Argo when it took up the run are not known");
        return new Judgement(Verdict.UNVERIFIABLE, reasons, null, List.of(), drift.parts(), drift.form());
    }

    /** One judgement in the making. */
    private static final class Case {

        private final PartsOfRun run;
        private final Observation observation;
        private final Mainline mainline;
        private final List<Force> inForce;
        private final Map<Part, Set<CommitId>> holders = new LinkedHashMap<>();
        private final List<String> reasons = new ArrayList<>();

        Case(PartsOfRun run, Observation observation, Mainline mainline, List<Force> inForce) {
            this.run = run;
            this.observation = observation;
            this.mainline = mainline;
            this.inForce = inForce;
            run.parts.forEach(part -> holders.put(part, holding(part)));
        }

        private Set<CommitId> holding(Part part) {
            Set<CommitId> holding = mainline.holding(part);
            for (Force force : inForce) {
                if (asksFor(force, part)) {
                    holding.add(commit(force));
                }
            }
            return holding;
        }

        /** Whether a Release asked for a part, in the form in which it was applied or was before versions. */
        private boolean asksFor(Force force, Part part) {
            if (part.holder().apply(force.content()) != null) {
                return true;
            }
            CommitId commit = mainline.meaning(force.content().digest());
            RenderedContent rendered = commit == null ? null : mainline.at(commit);
            return rendered != null && part.holder().apply(rendered) != null;
        }

        /** The commit that a Release is of. After a rollback the newest head is another one than what is in force. */
        private CommitId commit(Force force) {
            CommitId stated = force.release().commit();
            RenderedContent rendered = mainline.at(stated);
            if (rendered != null && rendered.digest().equals(force.content().digest())) {
                return stated;
            }
            CommitId meant = mainline.meaning(force.content().digest());
            return meant == null ? stated : meant;
        }

        Judgement judge() {
            List<String> overrides = overrides();
            List<String> foreign = foreign();
            if (!run.foreign.isEmpty() || (!foreign.isEmpty() && mainline.complete())) {
                reasons.addAll(run.foreign);
                reasons.addAll(foreign);
                return verdict(Verdict.DRIFT, null, Set.of());
            }
            Set<String> pods = new PodsOfRun(observation).differences();
            if (!overrides.isEmpty() || !pods.isEmpty() || !run.overridden.isEmpty()) {
                reasons.addAll(run.overridden);
                if (!overrides.isEmpty()) {
                    reasons.add("the run sets what is its template's business: " + String.join(", ", overrides));
                }
                pods.forEach(difference -> reasons.add("it is not what the template says: " + difference));
                return verdict(Verdict.OVERRIDDEN, null, Set.of());
            }
            reasons.addAll(run.obscurities);
            reasons.addAll(foreign);
            if (holders.isEmpty()) {
                reasons.add("nothing is known of what it executed");
            }
            if (inForce.isEmpty()) {
                reasons.add("no Release was in force when it was created");
            }
            if (!reasons.isEmpty()) {
                return verdict(Verdict.UNVERIFIABLE, null, Set.of());
            }
            return inGit();
        }

        private Judgement inGit() {
            Set<CommitId> common = common();
            if (common.isEmpty()) {
                reasons.add("each part is in Git, but no commit holds them all");
                return verdict(Verdict.MIXED, null, common);
            }
            for (Force force : inForce) {
                boolean all = holders.keySet().stream().allMatch(part -> asksFor(force, part));
                if (all) {
                    return match(force, common);
                }
            }
            CommitId newest = mainline.newest(common);
            reasons.add("it executed content that is in Git, but not what revision "
                    + inForce.getFirst().release().revision() + " asked for, which was in force when it was created: "
                    + String.join(", ", asked(inForce.getFirst())));
            return verdict(Verdict.STALE, newest, common);
        }

        private Judgement match(Force force, Set<CommitId> common) {
            CommitId commit = commit(force);
            reasons.add("every part is what revision " + force.release().revision() + " (commit " + commit.abbreviated()
                    + ") asked for");
            if (!force.equals(inForce.getFirst())) {
                reasons.add("the run was created while that revision was being replaced");
            }
            return verdict(Verdict.MATCH, commit, common);
        }

        private List<String> asked(Force force) {
            return holders.keySet().stream()
                    .filter(part -> !asksFor(force, part))
                    .map(Part::reference)
                    .toList();
        }

        private Set<CommitId> common() {
            Set<CommitId> common = null;
            for (Set<CommitId> holding : holders.values()) {
                if (common == null) {
                    common = new LinkedHashSet<>(holding);
                } else {
                    common.retainAll(holding);
                }
            }
            return common == null ? Set.of() : common;
        }

        private List<String> foreign() {
            List<String> foreign = new ArrayList<>();
            holders.forEach((part, holding) -> {
                Part possible = holding.isEmpty() ? part.asPossible() : null;
                if (possible != null && !holding(possible).isEmpty()) {
                    run.obscurities.add(
                            part.reference() + " is in Git but for values of tags in the run's own spec, which"
                                    + " cannot be computed again");
                } else if (holding.isEmpty()) {
                    foreign.add(
                            part.reference() + " is in none of the " + mainline.size() + " commits that were looked at"
                                    + (mainline.complete() ? "" : ", but older ones were not looked at"));
                }
            });
            return foreign;
        }

        /** What the run overrides; nothing when its own spec as a whole is in Git, which is then a part of its own. */
        private List<String> overrides() {
            Part source = run.source;
            if (source == null) {
                return run.overrides;
            }
            Set<CommitId> holding = holding(source);
            if (!holding.isEmpty()) {
                holders.put(source, holding);
                return List.of();
            }
            if (observation.trigger().kind() == Trigger.Kind.CRON && run.overrides.isEmpty()) {
                run.notes.add(
                        "its label names schedule " + observation.trigger().name()
                                + ", but no commit has a schedule of that spec; the label is not counted");
            }
            return run.overrides;
        }

        private Judgement verdict(Verdict verdict, @Nullable CommitId at, Set<CommitId> common) {
            List<PartEvidence> parts = new ArrayList<>();
            Evidence evidence = new Evidence(mainline, inForce);
            holders.forEach((part, holding) -> parts.add(evidence.of(part, holding, at)));
            reasons.addAll(run.notes);
            if (observation.pods().unseen() > 0) {
                reasons.add("of " + observation.pods().unseen()
                        + " pods the cluster did not say in time which images they ran");
            }
            List<Interval> range = mainline.intervals(common);
            return new Judgement(
                    verdict, reasons, at == null ? null : evidence.newest(parts, at), range, parts, StoredForm.VERSION);
        }
    }
}
