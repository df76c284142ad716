package dev.plumbline.controller.local.runner;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.registry.argo.Template;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code memoize}: outputs of a node kept in a ConfigMap under a key, in Argo's form, and taken from there by later nodes of the
 * same key instead of running.
 */
final class Memoization {

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9][-A-Za-z0-9_.]*");
    private static final String TYPE = "workflows.argoproj.io/configmap-type";

    private final RunParts run;
    private final Template template;
    private final String key;
    private final ObjectKey cache;

    private Memoization(RunParts run, Template template, String key, ObjectKey cache) {
        this.run = run;
        this.template = template;
        this.key = key;
        this.cache = cache;
    }

    /**
     * What a template asks, its tags replaced; null when it asks for none.
     *
     * @throws NodeProblem when its key could not be one of a ConfigMap
     */
    static @Nullable Memoization of(RunParts run, Template template) throws NodeProblem {
        Map<String, @Nullable Object> memoize = Tree.map(template.tree(), "memoize");
        if (memoize.isEmpty()) {
            return null;
        }
        String key = Tree.text(memoize, "key");
        if (!KEY.matcher(key).matches()) {
            throw new NodeProblem("memoize.key '" + key
                    + "' must begin with a letter or digit and hold only these, '-', '_'" + " and '.'");
        }
        String name = Tree.text(memoize, "cache", "configMap", "name");
        return new Memoization(
                run,
                template,
                key,
                new ObjectKey("", "ConfigMap", run.status().key().namespace(), name));
    }

    /**
     * The outputs that are kept and not too old; null when there are none.
     *
     * @throws NodeProblem when the ConfigMap is something else, or cannot be read
     */
    @Nullable
    Map<String, @Nullable Object> outputs() throws NodeProblem {
        try {
            Optional<Map<String, @Nullable Object>> object =
                    run.doors().reader().get(cache);
            if (object.isEmpty()) {
                return null;
            }
            if (!Tree.text(object.get(), "metadata", "labels", TYPE).equals("Cache")) {
                throw new NodeProblem("ConfigMap '" + cache.name() + "' is no cache: it lacks the label " + TYPE
                        + "=Cache; memoize in another");
            }
            String text = Tree.string(object.get(), "data", key);
            if (text == null) {
                return null;
            }
            Map<String, @Nullable Object> entry = Json.parseObject(text);
            Duration most = ArgoDuration.parse(Tree.string(template.tree(), "memoize", "maxAge"), "memoize.maxAge");
            boolean old =
                    most != null && made(entry).plus(most).isBefore(run.clock().instant());
            return old ? null : Tree.copy(Tree.map(entry, "outputs"));
        } catch (ClusterException | JsonException e) {
            throw new NodeProblem("tried to read ConfigMap '" + cache.name() + "', failed because " + e.getMessage());
        }
    }

    private Instant made(Map<String, @Nullable Object> entry) throws NodeProblem {
        String text = Tree.text(entry, "creationTimestamp");
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new NodeProblem("ConfigMap '" + cache.name() + "' says of key '" + key + "' that it was made at '"
                    + text + "', which is no time; remove the key");
        }
    }

    /** Keeps the outputs of a node that succeeded. */
    void keep(String nodeId) throws NodeProblem {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        String now = run.status().now();
        entry.put("nodeID", nodeId);
        entry.put("outputs", Tree.copy(Tree.map(run.status().node(nodeId), "outputs")));
        entry.put("creationTimestamp", now);
        entry.put("lastHitTimestamp", now);
        Map<String, @Nullable Object> content = new LinkedHashMap<>();
        Tree.set(content, "Cache", "metadata", "labels", TYPE);
        Tree.set(content, Json.write(entry), "data", key);
        try {
            if (run.doors().reader().get(cache).isPresent()) {
                run.doors().writer().mergePatch(cache, content, RunStatus.MANAGER);
            } else {
                content.put("apiVersion", "v1");
                content.put("kind", cache.kind());
                Tree.set(content, cache.name(), "metadata", "name");
                Tree.set(content, cache.namespace(), "metadata", "namespace");
                // Applied, not created: two steps may keep their first outputs at once.
                run.doors().writer().apply(content, RunStatus.MANAGER, true, false);
            }
        } catch (ClusterException e) {
            throw new NodeProblem("tried to write ConfigMap '" + cache.name() + "', failed because " + e.getMessage());
        }
    }

    /** What the node says of it. */
    Map<String, @Nullable Object> status(boolean hit) {
        Map<String, @Nullable Object> status = new LinkedHashMap<>();
        status.put("hit", hit);
        status.put("key", key);
        status.put("cacheName", cache.name());
        return status;
    }
}
