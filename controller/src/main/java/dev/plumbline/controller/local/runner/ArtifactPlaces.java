package dev.plumbline.controller.local.runner;

import dev.plumbline.registry.argo.Artifact;
import dev.plumbline.registry.argo.Tags;
import dev.plumbline.registry.argo.Template;
import dev.plumbline.registry.json.Tree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the artifacts of a pod are kept, by Argo's rules: an artifact has a place of its own, or is kept where its template says,
 * or in the repository of the run; without any of these in the folder of the runner.
 */
final class ArtifactPlaces {

    /** The key below which Argo keeps the artifacts of a pod where its repository says nothing else. */
    private static final String USUAL_KEY = "{{workflow.name}}/{{pod.name}}";

    private final RunParts run;
    private final Template template;
    private final String pod;
    private final Path scratch;

    /**
     * Places of the artifacts of one pod.
     *
     * @param template its template, filled
     * @param pod its name
     * @param scratch a folder that does not exist, for what is on its way
     */
    ArtifactPlaces(RunParts run, Template template, String pod, Path scratch) {
        this.run = run;
        this.template = template;
        this.pod = pod;
        this.scratch = scratch;
    }

    /**
     * Where one artifact is.
     *
     * @param place the place
     * @param key its key there
     * @param s3 what a node says of it
     */
    record Spot(ArtifactPlace place, String key, Map<String, @Nullable Object> s3) {}

    /** Where an artifact is, or is to be. */
    Spot of(Artifact artifact) throws NodeProblem, IOException {
        Map<String, @Nullable Object> own = Tree.map(artifact.tree(), "s3");
        Map<String, @Nullable Object> around = Tree.map(template.tree(), "archiveLocation", "s3");
        boolean isOwn = Artifact.placed(own);
        boolean isAround = !isOwn && Artifact.placed(around);
        Map<String, @Nullable Object> where = isOwn ? own : isAround ? around : run.repository();
        String key = artifact.key();
        if (key == null || key.isEmpty()) {
            String above = isAround ? Tree.text(around, "key") : folder(where);
            key = above + "/" + artifact.name() + Packing.of(artifact).ending();
        }
        Map<String, @Nullable Object> said = isOwn ? Tree.copy(own) : new LinkedHashMap<>(Map.of("key", key));
        return new Spot(
                where.isEmpty()
                        ? new ArtifactStore(run.folder().artifacts())
                        : buckets().open(where),
                key,
                said);
    }

    private ArtifactBuckets buckets() {
        return new ArtifactBuckets(run.configMaps(), run.doors().buckets(), scratch);
    }

    /** The key below which the artifacts of the pod are kept. */
    private String folder(Map<String, @Nullable Object> repository) throws NodeProblem {
        if (repository.isEmpty()) {
            return run.status().uid() + "/" + pod;
        }
        Map<String, @Nullable Object> names = run.globals().all();
        names.put("pod.name", pod);
        String prefix = Tree.text(repository, "keyPrefix");
        String usual = prefix.isEmpty() ? USUAL_KEY : prefix + "/" + USUAL_KEY;
        String format = Tree.text(repository, "keyFormat");
        String text = ExpressionTags.lenient(names).replace(format.isEmpty() ? usual : format);
        String key = Tags.replace(text, name -> names.get(name) instanceof String value ? value : null);
        if (Tags.present(key)) {
            throw new NodeProblem("the keyFormat of the artifact repository names what is not known: " + key);
        }
        return key;
    }
}
