package dev.plumbline.controller.local.runner;

import dev.plumbline.registry.argo.Artifact;
import dev.plumbline.registry.argo.Template;
import dev.plumbline.registry.argo.TemplateRef;
import dev.plumbline.registry.json.Tree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Deletes what {@code artifactGC} says, by the rules of Argo 4.1.4: an artifact's own strategy goes before that of the spec, and without
 * either nothing is deleted; a finalizer holds a Workflow that has such artifacts until they are gone. What was deleted is marked
 * {@code deleted} in the node. Argo does the work in a pod; the runner does it itself, and needs no account for it. Other than Argo it
 * deletes only what the run itself kept: outputs that a node remembers from another run are that run's.
 *
 * @param doors what the runner works with
 * @param workflow a Workflow as it is in the cluster now
 */
record ArtifactCollection(Runner.Doors doors, Map<String, @Nullable Object> workflow) {

    private static final String FINALIZER = "workflows.argoproj.io/artifact-gc";
    private static final String COMPLETION = "OnWorkflowCompletion";
    private static final String DELETION = "OnWorkflowDeletion";
    private static final String NEVER = "Never";
    private static final String FIELD = "artifactGC";

    /** The finalizers of a Workflow that starts, its own and that of the collection; null where the collection needs none. */
    static @Nullable List<@Nullable Object> finalizers(
            Map<String, @Nullable Object> workflow, RunDefinition definition) {
        Stream<Template> stored =
                definition.storedTemplates().values().stream().map(tree -> new Template(Tree.map(tree)));
        boolean needed = Stream.concat(definition.spec().templates().stream(), stored)
                .flatMap(template -> template.outputArtifacts().stream())
                .anyMatch(artifact -> !strategy(definition, artifact.tree()).equals(NEVER));
        List<@Nullable Object> finalizers = new ArrayList<>(Tree.list(workflow, "metadata", "finalizers"));
        if (!needed || finalizers.contains(FINALIZER)) {
            return null;
        }
        finalizers.add(FINALIZER);
        return finalizers;
    }

    /** Whether something has to be done for it that was not tried yet. */
    boolean due() {
        return Tree.list(workflow, "metadata", "finalizers").contains(FINALIZER) && !ready().isEmpty();
    }

    private boolean deleted() {
        return Tree.at(workflow, "metadata", "deletionTimestamp") != null;
    }

    /** The strategies whose time has come and that were not followed yet. */
    private List<String> ready() {
        List<String> ready = new ArrayList<>();
        if (deleted() || WorkflowRun.isFinal(workflow)) {
            ready.add(COMPLETION);
        }
        if (deleted()) {
            ready.add(DELETION);
        }
        ready.removeIf(
                strategy -> Tree.at(workflow, "status", "artifactGCStatus", "strategiesProcessed", strategy) != null);
        return ready;
    }

    /**
     * Deletes what is to be deleted now.
     *
     * @return what has to be written of it: a merge patch that applies to this version of the Workflow only
     * @throws IOException when it cannot be read what the run kept
     */
    Map<String, @Nullable Object> collect() throws IOException {
        List<String> ready = ready();
        RunDefinition definition = RunDefinition.resume(workflow);
        Set<List<String>> kept = kept();
        Map<String, @Nullable Object> patch = new LinkedHashMap<>();
        Map<String, String> failures = new TreeMap<>();
        boolean left = false;
        for (Map.Entry<String, @Nullable Object> one :
                Tree.map(workflow, "status", "nodes").entrySet()) {
            Map<String, @Nullable Object> node = Tree.map(one.getValue());
            if (!Tree.text(node, "type").equals("Pod")) {
                continue; // What others give out is a pod's.
            }
            List<@Nullable Object> artifacts = new ArrayList<>();
            for (Map<String, @Nullable Object> artifact : Tree.maps(node, "outputs", "artifacts")) {
                Map<String, @Nullable Object> now = new LinkedHashMap<>(artifact);
                String strategy = kept.contains(List.of(one.getKey(), Tree.text(artifact, "name")))
                        ? strategy(definition, artifact)
                        : NEVER;
                if (ready.contains(strategy) && !gone(artifact) && removed(definition, node, artifact, failures)) {
                    now.put("deleted", true);
                    Tree.set(patch, artifacts, "status", "nodes", one.getKey(), "outputs", "artifacts");
                }
                left |= !strategy.equals(NEVER) && !gone(now);
                artifacts.add(now);
            }
        }
        ready.forEach(strategy -> Tree.set(patch, true, "status", "artifactGCStatus", "strategiesProcessed", strategy));
        finish(definition, patch, failures, left);
        return patch;
    }

    /** What this run kept: the node and the name of each artifact. */
    private Set<List<String>> kept() throws IOException {
        Set<List<String>> kept = new HashSet<>();
        ArtifactRecords records =
                new ArtifactRecords(doors.folder().artifactRecord(Tree.text(workflow, "metadata", "uid")));
        for (Map<String, @Nullable Object> record : records.read()) {
            kept.add(List.of(Tree.text(record, "node"), Tree.text(record, "name")));
        }
        return kept;
    }

    private static boolean gone(Map<String, @Nullable Object> artifact) {
        return Boolean.TRUE.equals(artifact.get("deleted"));
    }

    private void finish(
            RunDefinition definition, Map<String, @Nullable Object> patch, Map<String, String> failures, boolean left) {
        Object force = Tree.at(definition.spec().tree(), FIELD, "forceFinalizerRemoval");
        if (!left || (deleted() && Boolean.TRUE.equals(force))) {
            List<@Nullable Object> finalizers = new ArrayList<>(Tree.list(workflow, "metadata", "finalizers"));
            finalizers.remove(FINALIZER);
            Tree.set(patch, finalizers, "metadata", "finalizers");
        }
        if (!failures.isEmpty()) {
            List<@Nullable Object> conditions = new ArrayList<>(Tree.list(workflow, "status", "conditions"));
            conditions.add(new LinkedHashMap<>(Map.of(
                    "type", "ArtifactGCError", "status", "True", "message", String.join("; ", failures.values()))));
            Tree.set(patch, conditions, "status", "conditions");
        }
        for (String field : List.of("uid", "resourceVersion")) {
            Tree.set(patch, Tree.text(workflow, "metadata", field), "metadata", field);
        }
    }

    private static String strategy(RunDefinition definition, Map<String, @Nullable Object> artifact) {
        String own = Tree.text(artifact, FIELD, "strategy");
        String all = Tree.text(definition.spec().tree(), FIELD, "strategy");
        return !own.isEmpty() ? own : all.isEmpty() ? NEVER : all;
    }

    private boolean removed(
            RunDefinition definition,
            Map<String, @Nullable Object> node,
            Map<String, @Nullable Object> artifact,
            Map<String, String> failures) {
        String key = Tree.text(artifact, "s3", "key");
        try {
            place(definition, node, artifact).remove(key);
            return true;
        } catch (IOException e) {
            failures.put(key, "tried to delete the artifact " + key + ", failed because " + e.getMessage());
        } catch (NodeProblem e) {
            failures.put(key, "tried to delete the artifact " + key + ", failed because " + e.text());
        }
        return false;
    }

    /** Where it was kept, by the same rules. */
    private ArtifactPlace place(
            RunDefinition definition, Map<String, @Nullable Object> node, Map<String, @Nullable Object> artifact)
            throws NodeProblem, IOException {
        Map<String, @Nullable Object> own = Tree.map(artifact, "s3");
        Map<String, @Nullable Object> around = around(definition, node);
        Map<String, @Nullable Object> where = Artifact.placed(own)
                ? own
                : Artifact.placed(around)
                        ? around
                        : Tree.map(workflow, "status", "artifactRepositoryRef", "artifactRepository", "s3");
        if (where.isEmpty()) {
            return new ArtifactStore(doors.folder().artifacts());
        }
        ConfigMaps secrets = new ConfigMaps(doors.reader(), Tree.text(workflow, "metadata", "namespace"));
        String uid = Tree.text(workflow, "metadata", "uid");
        return new ArtifactBuckets(secrets, doors.buckets(), doors.folder().step(uid, "collection")).open(where);
    }

    private static Map<String, @Nullable Object> around(RunDefinition definition, Map<String, @Nullable Object> node) {
        TemplateRef ref = TemplateRef.of(node.get("templateRef"));
        Template template = definition.template(
                new Caller(ref == null ? Tree.text(node, "templateName") : null, ref, null, null),
                Tree.text(node, "templateScope"));
        return template == null ? Map.of() : Tree.map(template.tree(), "archiveLocation", "s3");
    }
}
