package dev.plumbline.controller.record;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.ClusterException.Reason;
import dev.plumbline.controller.live.ClusterReader;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.run.BorrowedResult;
import dev.plumbline.registry.run.NodeOutcome;
import dev.plumbline.registry.run.Observation;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the ConfigMaps in which Argo keeps what steps with {@code memoize} made. Argo's controller keeps them in its own namespace,
 * whatever namespace a run is in; anybody who may write there can change them, so what they say is only a hint of where to look.
 */
final class MemoizedResults {

    /** What names of objects may be, and ids of nodes, which are such a name and a number. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,263}");

    private final ClusterReader cluster;
    private final @Nullable String namespace;

    MemoizedResults(ClusterReader cluster, @Nullable String namespace) {
        this.cluster = cluster;
        this.namespace = namespace;
    }

    /**
     * Who made results.
     *
     * @param node id of the node
     * @param at when they were there at the latest
     */
    record Made(String node, Instant at) {}

    /**
     * The node that filled the entry of a cache that a run took its results from.
     *
     * @param taken the node that took them
     * @throws LostResultException when the cache does not say
     * @throws ClusterException when the cluster cannot be asked now
     */
    Made made(Observation run, BorrowedResult result, NodeOutcome taken) throws ClusterException, LostResultException {
        if (!NAME.matcher(result.cache()).matches()) {
            throw new LostResultException("the run does not name a cache that can be");
        }
        ObjectKey key = new ObjectKey("", "ConfigMap", namespace == null ? run.namespace() : namespace, result.cache());
        String place = "ConfigMap " + key.name() + " of namespace " + key.namespace();
        Optional<Map<String, @Nullable Object>> object = read(key, place);
        if (object.isEmpty()) {
            throw new LostResultException(place + " is not there any more");
        }
        String text = Tree.string(object.get(), "data", result.key());
        if (text == null) {
            throw new LostResultException(place + " has no entry " + result.key() + " any more");
        }
        Made made = entry(text, place, result.key());
        Instant taking = taking(run, taken);
        if (made.at().isAfter(taking)) {
            throw new LostResultException(
                    "entry " + result.key() + " of " + place + " was written anew at " + made.at() + ", after that");
        }
        return made;
    }

    private Optional<Map<String, @Nullable Object>> read(ObjectKey key, String place)
            throws ClusterException, LostResultException {
        try {
            return cluster.get(key);
        } catch (ClusterException e) {
            if (e.retryable()) {
                throw e;
            }
            String why = e.reason() == Reason.FORBIDDEN
                    ? " may not be read; let the controller get ConfigMaps of that namespace"
                    : " cannot be read: " + e.getMessage();
            throw new LostResultException(place + why);
        }
    }

    private static Made entry(String text, String place, String key) throws LostResultException {
        try {
            Map<String, @Nullable Object> entry = Json.parseObject(text);
            String node = Tree.text(entry, "nodeID");
            if (NAME.matcher(node).matches()) {
                return new Made(node, Instant.parse(Tree.text(entry, "creationTimestamp")));
            }
        } catch (JsonException | DateTimeParseException e) {
            throw new LostResultException("entry " + key + " of " + place + " is not of Argo's form");
        }
        throw new LostResultException("entry " + key + " of " + place + " does not say which node made them");
    }

    private static Instant taking(Observation run, NodeOutcome taken) throws LostResultException {
        for (String time : new String[] {taken.startedAt(), taken.finishedAt(), run.finishedAt()}) {
            if (!time.isEmpty()) {
                try {
                    return Instant.parse(time);
                } catch (DateTimeParseException e) {
                    throw new LostResultException("it is not known when: '" + time + "' is no time");
                }
            }
        }
        throw new LostResultException("it is not known when");
    }
}
