package dev.plumbline.controller.live;

import static dev.plumbline.controller.live.Chance.map;

import dev.plumbline.controller.apply.ClusterWriter;
import dev.plumbline.controller.apply.DeleteOptions;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.CanonicalForm;
import dev.plumbline.registry.model.ObjectKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Random sequences of operations by two managers on one object. The same seed makes the same operations on every cluster;
 * what they did is the answer and the object after each step, managedFields included, without what differs by nature
 * (uid, resourceVersion, times, namespace).
 */
public final class Sequences {

    /** How many sequences there are. */
    public static final int COUNT = 500;

    private static final int STEPS = 12;
    private static final int THREADS = 8;
    private static final List<String> KINDS = List.of("ConfigMap", "ServiceAccount", "Deployment", "WorkflowTemplate");
    private static final List<String> MANAGERS = List.of("alice", "bob");

    /**
     * What one step did.
     *
     * @param operation what was done, for people
     * @param outcome what came of it
     * @param words what a refusal said, for people
     */
    public record Step(String operation, Map<String, @Nullable Object> outcome, String words) {

        /** Names the outcome, in the golden file. */
        public String digest() {
            return CanonicalForm.digest(outcome).hex().substring(0, 12);
        }
    }

    private final ClusterReader reader;
    private final ClusterWriter writer;
    private final String namespace;

    /** Sequences in a namespace that exists. */
    public Sequences(ClusterReader reader, ClusterWriter writer, String namespace) {
        this.reader = reader;
        this.writer = writer;
        this.namespace = namespace;
    }

    /** Runs all sequences, several at a time. */
    public Map<Integer, List<Step>> runAll() throws Exception {
        Map<Integer, List<Step>> all = new ConcurrentHashMap<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<?>> running = new ArrayList<>();
            for (int seed = 0; seed < COUNT; seed++) {
                int current = seed;
                running.add(threads.submit(() -> all.put(current, run(current))));
            }
            for (Future<?> future : running) {
                future.get();
            }
        }
        return new TreeMap<>(all);
    }

    /** The kind that a sequence is about. */
    public static String kind(int seed) {
        return KINDS.get(seed % KINDS.size());
    }

    /** Runs one sequence. */
    public List<Step> run(int seed) throws ClusterException {
        Random random = new Random(seed * 7919L + 17);
        SequenceContent content = new SequenceContent(random);
        String kind = kind(seed);
        String name = "sequence-" + seed;
        ObjectKey key = new ObjectKey(group(kind), kind, namespace, name);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            steps.add(step(random, content, key));
        }
        if (reader.get(key).isPresent()) {
            writer.delete(key, new DeleteOptions(null, null, false));
        }
        return steps;
    }

    private static String group(String kind) {
        return switch (kind) {
            case "Deployment" -> "apps";
            case "WorkflowTemplate" -> "argoproj.io";
            default -> "";
        };
    }

    private interface Operation {
        @Nullable
        Map<String, @Nullable Object> run() throws ClusterException;
    }

    private Step step(Random random, SequenceContent content, ObjectKey key) throws ClusterException {
        String manager = MANAGERS.get(random.nextInt(2));
        int choice = random.nextInt(20);
        boolean flag = random.nextInt(3) == 0;
        if (choice < 10) {
            return apply(content.of(key.kind(), namespace, key.name()), manager, flag, false, key);
        } else if (choice < 13) {
            return apply(content.of(key.kind(), namespace, key.name()), manager, flag, true, key);
        } else if (choice < 15) {
            Map<String, @Nullable Object> object = content.of(key.kind(), namespace, key.name());
            return done("create as " + manager + " " + Json.write(object), key, () -> writer.create(object, manager));
        } else if (choice < 19) {
            return patch(content.patch(key.kind()), manager, flag, random.nextInt(3) == 0, key);
        }
        return done("delete", key, () -> {
            writer.delete(key, new DeleteOptions(null, null, false));
            return null;
        });
    }

    private Step apply(
            Map<String, @Nullable Object> object, String manager, boolean force, boolean dryRun, ObjectKey key)
            throws ClusterException {
        String operation = (dryRun ? "try to " : "") + (force ? "force-" : "") + "apply as " + manager + " ";
        return done(operation + Json.write(object), key, () -> writer.apply(object, manager, force, dryRun));
    }

    private Step patch(
            Map<String, @Nullable Object> patch, String manager, boolean conditional, boolean stale, ObjectKey key)
            throws ClusterException {
        Map<String, @Nullable Object> sent = new LinkedHashMap<>(patch);
        String operation = (conditional ? stale ? "stale " : "conditional " : "") + "patch as " + manager + " ";
        if (conditional) {
            Map<String, @Nullable Object> metadata = new LinkedHashMap<>(Tree.map(sent, "metadata"));
            metadata.put(
                    "resourceVersion", stale ? "1" : version(reader.get(key).orElse(map())));
            sent.put("metadata", metadata);
        }
        return done(operation + Json.write(patch), key, () -> writer.mergePatch(key, sent, manager));
    }

    private Step done(String name, ObjectKey key, Operation operation) throws ClusterException {
        String before = version(reader.get(key).orElse(map()));
        Map<String, @Nullable Object> outcome = new LinkedHashMap<>();
        String words = "";
        try {
            Map<String, @Nullable Object> answer = operation.run();
            outcome.put("answer", answer == null ? "done" : comparable(answer));
        } catch (ClusterException e) {
            outcome.put("refused", e.reason().name());
            words = String.valueOf(e.getMessage());
        }
        Map<String, @Nullable Object> after = reader.get(key).orElse(map());
        outcome.put("object", comparable(after));
        outcome.put("written", !version(after).equals(before));
        return new Step(name, outcome, words);
    }

    private static String version(Map<String, @Nullable Object> object) {
        return Tree.text(object, "metadata", "resourceVersion");
    }

    /** The object without what differs by nature. */
    static Map<String, @Nullable Object> comparable(Map<String, @Nullable Object> object) {
        Map<String, @Nullable Object> copy = Tree.copy(object);
        if (copy.get("metadata") instanceof Map<?, ?> metadata) {
            List.of("uid", "resourceVersion", "creationTimestamp", "namespace").forEach(metadata::remove);
        }
        List<Map<String, @Nullable Object>> owners = Tree.maps(copy, "metadata", "managedFields");
        owners.forEach(owner -> owner.remove("time"));
        owners.sort(Comparator.comparing(owner -> Tree.text(owner, "operation") + Tree.text(owner, "manager")));
        if (!owners.isEmpty()) {
            Tree.set(copy, owners, "metadata", "managedFields");
        }
        return copy;
    }
}
