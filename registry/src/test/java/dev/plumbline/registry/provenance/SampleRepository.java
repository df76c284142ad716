package dev.plumbline.registry.provenance;

import dev.plumbline.registry.history.ReleaseRecord;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.manifest.Origin;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.release.Release;
import dev.plumbline.registry.run.ReleaseInForce;
import dev.plumbline.registry.version.Versioned;
import dev.plumbline.registry.version.Versions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A small pipeline repository: a training template whose step code is a hash-named ConfigMap, a pipeline that calls it by
 * {@code templateRef}, and a schedule. Each commit says what the image and the step code are.
 */
public final class SampleRepository implements ContentHistory {

    private final List<CommitId> mainline = new ArrayList<>();
    private final List<List<CommitId>> forced = new ArrayList<>();
    private final Map<CommitId, RenderedContent> contents = new LinkedHashMap<>();
    private final Map<Digest, Release> releases = new LinkedHashMap<>();
    private boolean complete = true;
    private int broken;

    /** A commit with this image, training code and shared code; the newest of the mainline from now on. */
    public CommitId commit(String image, String train, String shared) {
        CommitId commit = id("commit " + (mainline.size() + forced.size() * 100));
        mainline.addFirst(commit);
        contents.put(commit, content(image, train, shared));
        return commit;
    }

    /** A commit that does not render. */
    public CommitId brokenCommit() {
        CommitId commit = id("broken " + broken++);
        mainline.addFirst(commit);
        return commit;
    }

    /** Moves the branch back to a commit, away from what came after it. */
    public void forceTo(CommitId commit) {
        List<CommitId> away = new ArrayList<>(mainline.subList(0, mainline.indexOf(commit)));
        forced.add(away);
        mainline.removeAll(away);
    }

    /** From now on older commits exist that were not looked at. */
    public void forgetOlder() {
        complete = false;
    }

    /** The Release of a commit as the one in force, under a revision number. */
    public Judge.Force inForce(long revision, CommitId commit) {
        RenderedContent content = held(commit);
        return new Judge.Force(new ReleaseInForce(revision, content.digest(), commit), content);
    }

    /** The same as it is read back from the history: only what was applied, without the objects before versions. */
    public Judge.Force stored(long revision, CommitId commit) {
        Release release = releases.get(held(commit).digest());
        if (release == null) {
            throw new IllegalArgumentException("no Release of " + commit);
        }
        return new Judge.Force(
                new ReleaseInForce(revision, release.digest(), commit),
                RenderedContent.of(new ReleaseRecord(
                        release.path(),
                        release.digest(),
                        release.objects(),
                        List.of(),
                        release.plain(),
                        Set.of(),
                        release.versions())));
    }

    /** Content of an object that the Release of a commit holds, by kind and name in the cluster. */
    public Map<String, @Nullable Object> object(CommitId commit, String kind, String name) {
        return held(commit).all().stream()
                .filter(manifest -> manifest.key().kind().equals(kind)
                        && manifest.key().name().equals(name))
                .findFirst()
                .orElseThrow()
                .content();
    }

    /** The name of the version of a template that the Release of a commit holds. */
    public String version(CommitId commit, String plain) {
        return held(commit).all().stream()
                .map(manifest -> manifest.key().name())
                .filter(name -> name.matches(plain + "-[0-9a-f]{8}"))
                .findFirst()
                .orElseThrow();
    }

    /** The name of the ConfigMap that holds the step code of a commit. */
    public String steps(CommitId commit) {
        return held(commit).all().stream()
                .filter(manifest -> manifest.key().kind().equals("ConfigMap"))
                .map(manifest -> manifest.key().name())
                .findFirst()
                .orElseThrow();
    }

    private RenderedContent held(CommitId commit) {
        return at(commit).orElseThrow();
    }

    @Override
    public List<List<CommitId>> lines() {
        List<List<CommitId>> lines = new ArrayList<>();
        lines.add(List.copyOf(mainline));
        lines.addAll(forced);
        return lines;
    }

    @Override
    public boolean complete() {
        return complete;
    }

    @Override
    public Optional<RenderedContent> at(CommitId commit) {
        return Optional.ofNullable(contents.get(commit));
    }

    static CommitId id(String seed) {
        return new CommitId(Digest.of(seed).hex().substring(0, 40));
    }

    private RenderedContent content(String image, String train, String shared) {
        String steps = "training-steps-" + Digest.of(train + shared).hex().substring(0, 10);
        Map<String, @Nullable Object> configMap = tree("""
                {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "%s", "namespace": "ml"},
                 "data": {"train.py": "%s", "shared.py": "%s"}}""".formatted(steps, train, shared));
        Map<String, @Nullable Object> training = tree(TRAINING.formatted(image, steps));
        List<Manifest> rendered =
                List.of(manifest(configMap), manifest(training), manifest(tree(PIPELINE)), manifest(tree(CRON)));
        Versioned versioned = Versions.version(rendered);
        Release release = Release.of("overlays/local", rendered, versioned, versioned.findings());
        releases.put(release.digest(), release);
        return RenderedContent.of(release, rendered);
    }

    private static Manifest manifest(Map<String, @Nullable Object> content) {
        return Manifest.of(Tree.copy(content), Origin.of(Location.of("sample.yaml")));
    }

    /** A plain tree from JSON. */
    public static Map<String, @Nullable Object> tree(String json) {
        try {
            return Json.parseObject(json);
        } catch (JsonException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static final String TRAINING = """
            {"apiVersion": "argoproj.io/v1alpha1", "kind": "WorkflowTemplate",
             "metadata": {"name": "training", "namespace": "ml"},
             "spec": {
               "entrypoint": "main",
               "serviceAccountName": "training",
               "podMetadata": {"labels": {"team": "ml"}},
               "arguments": {"parameters": [
                 {"name": "data-path", "value": "s3://curated/"},
                 {"name": "rounds", "value": 20}]},
               "templates": [
                 {"name": "main", "dag": {"tasks": [{"name": "fit", "template": "fit"}]}},
                 {"name": "fit",
                  "container": {
                    "image": "%s",
                    "command": ["python", "/steps/train.py"],
                    "resources": {"requests": {"cpu": 0.5, "memory": "1024Mi"}},
                    "volumeMounts": [{"name": "steps", "mountPath": "/steps"}]},
                  "volumes": [{"name": "steps", "configMap": {"name": "%s"}}]}]}}""";

    private static final String PIPELINE = """
            {"apiVersion": "argoproj.io/v1alpha1", "kind": "WorkflowTemplate",
             "metadata": {"name": "pipeline", "namespace": "ml"},
             "spec": {
               "entrypoint": "all",
               "templates": [
                 {"name": "all", "dag": {"tasks": [
                   {"name": "train", "templateRef": {"name": "training", "template": "main"}}]}}]}}""";

    private static final String CRON = """
            {"apiVersion": "argoproj.io/v1alpha1", "kind": "CronWorkflow",
             "metadata": {"name": "daily", "namespace": "ml"},
             "spec": {"schedules": ["0 2 * * *"],
               "workflowSpec": {"serviceAccountName": "scheduler", "workflowTemplateRef": {"name": "pipeline"}}}}""";
}
