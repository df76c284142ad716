package dev.plumbline.tests.operator;

import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.manifest.Origin;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.provenance.ContentHistory;
import dev.plumbline.registry.provenance.Judge;
import dev.plumbline.registry.provenance.RenderedContent;
import dev.plumbline.registry.provenance.StepCode;
import dev.plumbline.registry.release.Release;
import dev.plumbline.registry.run.Judgement;
import dev.plumbline.registry.run.Observation;
import dev.plumbline.registry.run.PodContainer;
import dev.plumbline.registry.run.ReleaseInForce;
import dev.plumbline.registry.run.RunObserver;
import dev.plumbline.registry.run.SeenContainers;
import dev.plumbline.registry.run.Verdict;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.version.Versioned;
import dev.plumbline.registry.yaml.YamlDocuments;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Some files of examples in a namespace of their own. */
final class ExampleBatch {

    private static final Duration QUIET = Duration.ofSeconds(20);
    private static final CommitId COMMIT = new CommitId("0".repeat(40));
    private static final Set<String> DEFINITIONS =
            Set.of("WorkflowTemplate", "ClusterWorkflowTemplate", "CronWorkflow", "ConfigMap");

    private final KubeCluster cluster;
    private final String namespace;
    private final ExampleResults results;
    private final List<Path> files;
    private final Map<ObjectKey, Manifest> git = new LinkedHashMap<>();
    private final Set<String> runs = new TreeSet<>();

    ExampleBatch(KubeCluster cluster, String namespace, List<Path> files, ExampleResults results) {
        this.results = results;
        this.cluster = cluster;
        this.namespace = namespace;
        this.files = files;
    }

    void run() throws Exception {
        cluster.apply(object("v1", "Namespace", "", namespace), "tests", true, false);
        cluster.apply(object("v1", "ServiceAccount", namespace, "default"), "tests", true, false);
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        for (Path file : files) {
            all.addAll(objects(file));
        }
        for (Map<String, @Nullable Object> each : all) {
            if (DEFINITIONS.contains(Tree.text(each, "kind"))) {
                define(each);
            }
        }
        int number = 0;
        for (Map<String, @Nullable Object> each : all) {
            if ("Workflow".equals(each.get("kind"))) {
                submit(each, number++);
            }
        }
        try (ArgoPods pods = new ArgoPods(cluster, namespace)) {
            await();
        }
        judge();
    }

    private void define(Map<String, @Nullable Object> definition) {
        Map<String, @Nullable Object> placed = Tree.copy(definition);
        if (!"ClusterWorkflowTemplate".equals(placed.get("kind"))) {
            Tree.set(placed, namespace, "metadata", "namespace");
        }
        if ("CronWorkflow".equals(placed.get("kind"))) {
            Tree.set(placed, true, "spec", "suspend");
        }
        Manifest manifest = Manifest.of(placed, Origin.of(Location.of("examples.yaml")));
        try {
            if (!git.containsKey(manifest.key())) {
                cluster.apply(placed, "tests", true, false);
                git.put(manifest.key(), manifest);
            }
        } catch (ClusterException e) {
            results.refused++;
        }
    }

    private void submit(Map<String, @Nullable Object> example, int number) {
        Map<String, @Nullable Object> run = Tree.copy(example);
        run.remove("status");
        Tree.remove(run, "metadata", "generateName");
        Tree.set(run, namespace, "metadata", "namespace");
        Map<String, @Nullable Object> template =
                object("argoproj.io/v1alpha1", "WorkflowTemplate", namespace, "git-" + number);
        boolean own = Tree.at(run, "spec", "workflowTemplateRef") == null;
        if (own) {
            template.put("spec", run.get("spec"));
            define(template);
        }
        create(run, "run-" + number);
        if (own) {
            Tree.remove(run, "spec");
            Tree.set(run, "git-" + number, "spec", "workflowTemplateRef", "name");
            create(run, "ref-" + number);
        }
    }

    private void create(Map<String, @Nullable Object> run, String name) {
        Tree.set(run, name, "metadata", "name");
        try {
            cluster.create(run, "tests");
            runs.add(name);
        } catch (ClusterException e) {
            results.refused++;
        }
    }

    /** Some examples wait for ever, so the rest is given up when none ended for a while. */
    private void await() throws Exception {
        long last = System.nanoTime();
        long ended = -1;
        while (System.nanoTime() - last < QUIET.toNanos()) {
            List<Map<String, @Nullable Object>> all = cluster.list(Selection.of("argoproj.io", "Workflow", namespace))
                    .items();
            long now =
                    all.stream().filter(run -> RunObserver.observe(run).ended()).count();
            if (now == all.size()) {
                return;
            }
            if (now != ended) {
                ended = now;
                last = System.nanoTime();
            }
            Thread.sleep(500);
        }
    }

    private void judge() throws Exception {
        List<Manifest> manifests = List.copyOf(git.values());
        RenderedContent content = RenderedContent.of(
                Release.of("examples", manifests, new Versioned(manifests, Map.of(), List.of()), List.of()), manifests);
        List<Judge.Force> force = List.of(new Judge.Force(new ReleaseInForce(1, content.digest(), COMMIT), content));
        Judge judge = new Judge();
        Map<String, List<PodContainer>> pods = pods();
        for (Map<String, @Nullable Object> run :
                cluster.list(Selection.of("argoproj.io", "Workflow", namespace)).items()) {
            String name = Tree.text(run, "metadata", "name");
            Observation seen =
                    RunObserver.observe(run).withPods(new SeenContainers(pods.getOrDefault(name, List.of()), 0));
            if (!runs.contains(name) || !seen.ended()) {
                results.open++;
                continue;
            }
            Judgement judgement = judge.judge(seen, held(seen), new OneCommit(content), force);
            results.verdicts.merge(judgement.verdict(), 1, Integer::sum);
            if (judgement.verdict() != Verdict.MATCH && judgement.verdict() != Verdict.UNVERIFIABLE) {
                results.wrong.add(
                        namespace + "/" + name + " " + judgement.verdict() + " " + judgement.reasons() + " " + files);
            }
        }
    }

    private Map<String, List<PodContainer>> pods() throws ClusterException {
        Map<String, List<PodContainer>> pods = new TreeMap<>();
        for (Map<String, @Nullable Object> pod :
                cluster.list(Selection.of("", "Pod", namespace)).items()) {
            pods.computeIfAbsent(
                            Tree.text(pod, "metadata", "labels", "workflows.argoproj.io/workflow"),
                            _ -> new ArrayList<>())
                    .addAll(PodContainer.of(pod));
        }
        return pods;
    }

    private Map<String, StepCode.Sighting> held(Observation run) throws ClusterException {
        Map<String, StepCode.Sighting> held = new LinkedHashMap<>();
        for (String name : Judge.configMaps(run)) {
            if (!name.contains("{{")) {
                Digest digest = cluster.get(new ObjectKey("", "ConfigMap", namespace, name))
                        .map(StepCode::digest)
                        .orElse(null);
                held.put(name, new StepCode.Sighting(digest, digest, false));
            }
        }
        return held;
    }

    private static Map<String, @Nullable Object> object(String apiVersion, String kind, String where, String name) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("apiVersion", apiVersion);
        object.put("kind", kind);
        Tree.set(object, name, "metadata", "name");
        if (!where.isEmpty()) {
            Tree.set(object, where, "metadata", "namespace");
        }
        return object;
    }

    private static List<Map<String, @Nullable Object>> objects(Path file) throws IOException, JsonException {
        List<Map<String, @Nullable Object>> objects = new ArrayList<>();
        YamlDocuments yaml = YamlParser.parse(file.getFileName().toString(), Files.readAllBytes(file));
        for (YamlNode document : yaml.documents()) {
            if (document.value() instanceof Map<?, ?> map) {
                objects.add(Json.parseObject(Json.write(map)));
            }
        }
        return objects;
    }

    /**
     * A history of one commit.
     *
     * @param content what it renders to
     */
    private record OneCommit(RenderedContent content) implements ContentHistory {

        @Override
        public List<List<CommitId>> lines() {
            return List.of(List.of(COMMIT));
        }

        @Override
        public boolean complete() {
            return true;
        }

        @Override
        public Optional<RenderedContent> at(CommitId commit) throws SourceException {
            return commit.equals(COMMIT) ? Optional.of(content) : Optional.empty();
        }
    }
}
