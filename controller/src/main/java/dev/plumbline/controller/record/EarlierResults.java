package dev.plumbline.controller.record;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.ClusterReader;
import dev.plumbline.registry.provenance.FollowedResult;
import dev.plumbline.registry.run.ArtifactRecord;
import dev.plumbline.registry.run.BorrowedResult;
import dev.plumbline.registry.run.NodeOutcome;
import dev.plumbline.registry.run.Observation;
import dev.plumbline.registry.run.PartEvidence;
import dev.plumbline.registry.run.RunEntry;
import dev.plumbline.registry.run.RunJournal;
import dev.plumbline.registry.run.RunRecord;
import dev.plumbline.registry.run.Verdict;
import dev.plumbline.registry.store.StoreException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Follows results that nodes took from earlier runs to those runs' records. A cache names the node that made them, and a node only a
 * run's name, which may have been used again: it is the newest recorded run of that name, of the same sync and namespace, that was
 * created before the cache says that the results were made, and its node of that id must have made exactly these results.
 */
final class EarlierResults {

    /** How many entries of the log are looked through for a run. */
    static final int LOOKED_BACK = 10_000;

    private static final int PAGE = 500;

    /** A node's id is the name of its run and a number; that of the first node is the name alone. */
    private static final Pattern NODE = Pattern.compile("(.+)-[0-9]{1,10}");

    private static final Set<Verdict> IN_GIT = Set.of(Verdict.MATCH, Verdict.MIXED, Verdict.STALE);

    private final MemoizedResults caches;

    /** Reads caches in this namespace; null for that of each run. */
    EarlierResults(ClusterReader cluster, @Nullable String namespace) {
        this.caches = new MemoizedResults(cluster, namespace);
    }

    /**
     * Each result that a run took, with the run that made it or why that is not known.
     *
     * @throws ClusterException when the cluster cannot be asked now; asking again later may help
     */
    List<FollowedResult> follow(Observation run, RunJournal journal) throws ClusterException, StoreException {
        List<FollowedResult> followed = new ArrayList<>();
        for (BorrowedResult result : run.borrowed()) {
            try {
                followed.add(follow(run, result, journal));
            } catch (LostResultException e) {
                followed.add(FollowedResult.lost(result.node(), e.getMessage()));
            }
        }
        return followed;
    }

    private FollowedResult follow(Observation run, BorrowedResult result, RunJournal journal)
            throws ClusterException, StoreException, LostResultException {
        NodeOutcome taken = run.nodes().stream()
                .filter(node -> node.name().equals(result.node()))
                .findFirst()
                .orElseThrow(() -> new LostResultException("the run does not have that node"));
        MemoizedResults.Made made = result.cache().isEmpty()
                ? new MemoizedResults.Made(result.original(), instant(run.createdAt()))
                : caches.made(run, result, taken);
        RunRecord earlier = maker(run.namespace(), made, journal);
        NodeOutcome maker = node(earlier, made.node());
        if (!taken.outputs().equals(maker.outputs())
                || !places(run.artifacts(), taken.name()).equals(places(earlier.artifacts(), maker.name()))) {
            throw new LostResultException("run " + earlier.name() + " did not make exactly these");
        }
        return judged(result.node(), earlier, maker);
    }

    /** What the verdict on the run that made results means for them. */
    private static FollowedResult judged(String node, RunRecord earlier, NodeOutcome maker) throws LostResultException {
        Verdict verdict = earlier.judgement().verdict();
        List<PartEvidence> parts = earlier.judgement().parts().stream()
                .filter(part -> !part.files().isEmpty() || executed(maker.definition(), part.reference()))
                .toList();
        boolean inGit = !parts.isEmpty() && parts.stream().allMatch(part -> part.object() != null);
        if (verdict == Verdict.OVERRIDDEN || (verdict == Verdict.DRIFT && !parts.isEmpty() && !inGit)) {
            return FollowedResult.madeByForeign(node, earlier.name(), verdict);
        }
        if (!IN_GIT.contains(verdict)) {
            throw new LostResultException("run " + earlier.name() + ", which made them, is " + verdict);
        }
        if (!inGit) {
            throw new LostResultException("what of run " + earlier.name() + " made them is not among its parts");
        }
        return FollowedResult.madeBy(node, earlier.name(), verdict, parts);
    }

    /** The newest recorded run that has a node of this id and was created before the results were there. */
    private static RunRecord maker(String namespace, MemoizedResults.Made made, RunJournal journal)
            throws StoreException, LostResultException {
        Set<String> names = new TreeSet<>(Set.of(made.node()));
        Matcher matcher = NODE.matcher(made.node());
        if (matcher.matches()) {
            names.add(matcher.group(1));
        }
        long end = journal.next();
        long first = Math.max(1, end - LOOKED_BACK);
        for (long to = end; to > first; to -= PAGE) {
            long from = Math.max(first, to - PAGE);
            for (RunEntry entry : journal.entries(from, (int) (to - from)).reversed()) {
                if (entry.kind() == RunEntry.Kind.RUN
                        && entry.namespace().equals(namespace)
                        && names.contains(entry.name())
                        && !instant(entry.createdAt()).isAfter(made.at())) {
                    RunRecord record = journal.read(entry.record());
                    if (find(record, made.node()).isPresent()) {
                        return record;
                    }
                }
            }
        }
        throw new LostResultException("no run with node " + made.node()
                + " that was there when it made them is among the " + (end - first) + " newest entries of the log");
    }

    private static NodeOutcome node(RunRecord record, String id) throws LostResultException {
        return find(record, id)
                .orElseThrow(() -> new LostResultException("run " + record.name() + " has no such node"));
    }

    /** A node that took its results from elsewhere made nothing. */
    private static Optional<NodeOutcome> find(RunRecord record, String id) {
        return record.nodes().stream()
                .filter(node -> node.id().equals(id) && !node.definition().isEmpty())
                .findFirst();
    }

    private static Instant instant(String text) throws LostResultException {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new LostResultException("it is not known when a run was created: '" + text + "' is no time");
        }
    }

    private static Map<String, String> places(List<ArtifactRecord> artifacts, String node) {
        Map<String, String> places = new TreeMap<>();
        artifacts.stream()
                .filter(artifact -> artifact.node().equals(node))
                .forEach(artifact -> places.put(artifact.name(), artifact.key()));
        return places;
    }

    /** A template of the spec is a part of its own, or of the spec as a whole. */
    private static boolean executed(String definition, String part) {
        return part.equals(definition) || definition.startsWith(part + "/");
    }
}
