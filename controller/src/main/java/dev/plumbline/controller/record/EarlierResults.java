package dev.plumbline.controller.record;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.ClusterReader;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Follows results that nodes took from earlier runs to those runs' records. The cache names the node that made them; they are followed
 * only to a recorded run of the same sync whose node of that id made exactly these results, and whose parts are in Git.
 */
final class EarlierResults {

    /** How many entries of the log are looked through for a run. */
    static final int LOOKED_BACK = 10_000;

    private static final int PAGE = 500;

    /** A node's id is the name of its run and a number; that of the first node is the name alone. */
    private static final Pattern NODE = Pattern.compile("(.+)-[0-9]{1,10}");

    private static final Set<Verdict> IN_GIT = Set.of(Verdict.MATCH, Verdict.MIXED, Verdict.STALE);

    private final ClusterReader cluster;

    EarlierResults(ClusterReader cluster) {
        this.cluster = cluster;
    }

    /** What of a run's results could be followed. */
    List<FollowedResult> follow(Observation run, RunJournal journal) throws ClusterException, StoreException {
        List<FollowedResult> followed = new ArrayList<>();
        for (BorrowedResult result : run.borrowed()) {
            String id = result.cache().isEmpty() ? result.original() : made(run.namespace(), result);
            Optional<RunRecord> earlier = record(run.namespace(), id, journal);
            if (earlier.isPresent()) {
                parts(run, result, id, earlier.get())
                        .map(parts ->
                                new FollowedResult(result.node(), earlier.get().name(), parts))
                        .ifPresent(followed::add);
            }
        }
        return followed;
    }

    /** Id of the node that filled the cache; empty where the cache does not say. */
    private String made(String namespace, BorrowedResult result) throws ClusterException {
        Optional<Map<String, @Nullable Object>> cache =
                cluster.get(new ObjectKey("", "ConfigMap", namespace, result.cache()));
        String text = cache.isEmpty() ? null : Tree.string(cache.get(), "data", result.key());
        try {
            return text == null ? "" : Tree.text(Json.parseObject(text), "nodeID");
        } catch (JsonException e) {
            return ""; // Somebody else wrote it; then it is not known who made the results, which the verdict says.
        }
    }

    private static Optional<RunRecord> record(String namespace, String id, RunJournal journal) throws StoreException {
        if (id.isEmpty()) {
            return Optional.empty();
        }
        Matcher node = NODE.matcher(id);
        Optional<RunEntry> entry = node.matches() ? named(namespace, node.group(1), journal) : Optional.empty();
        if (entry.isEmpty()) {
            entry = named(namespace, id, journal);
        }
        return entry.isEmpty()
                ? Optional.empty()
                : Optional.of(journal.read(entry.get().record()));
    }

    /** The newest run of a name among the last entries of the log. */
    private static Optional<RunEntry> named(String namespace, String name, RunJournal journal) throws StoreException {
        long end = journal.next();
        long first = Math.max(1, end - LOOKED_BACK);
        for (long to = end; to > first; to -= PAGE) {
            long from = Math.max(first, to - PAGE);
            for (RunEntry entry : journal.entries(from, (int) (to - from)).reversed()) {
                if (entry.kind() == RunEntry.Kind.RUN
                        && entry.namespace().equals(namespace)
                        && entry.name().equals(name)) {
                    return Optional.of(entry);
                }
            }
        }
        return Optional.empty();
    }

    /** The parts that made a node's results; empty where the earlier run did not make exactly these, or they are in no commit. */
    private static Optional<List<PartEvidence>> parts(
            Observation run, BorrowedResult result, String id, RunRecord earlier) {
        Optional<NodeOutcome> taken = run.nodes().stream()
                .filter(node -> node.name().equals(result.node()))
                .findFirst();
        Optional<NodeOutcome> made =
                earlier.nodes().stream().filter(node -> node.id().equals(id)).findFirst();
        if (taken.isEmpty()
                || made.isEmpty()
                || made.get().definition().isEmpty()
                || !taken.get().outputs().equals(made.get().outputs())
                || !places(run.artifacts(), result.node())
                        .equals(places(earlier.artifacts(), made.get().name()))
                || !IN_GIT.contains(earlier.judgement().verdict())) {
            return Optional.empty();
        }
        List<PartEvidence> parts = earlier.judgement().parts().stream()
                .filter(part -> !part.files().isEmpty() || executed(made.get().definition(), part.reference()))
                .toList();
        boolean inGit = parts.stream().allMatch(part -> part.object() != null);
        return parts.isEmpty() || !inGit ? Optional.empty() : Optional.of(parts);
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
