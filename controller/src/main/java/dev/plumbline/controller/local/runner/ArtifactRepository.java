package dev.plumbline.controller.local.runner;

import dev.plumbline.registry.argo.FieldSupport;
import dev.plumbline.registry.argo.Template;
import dev.plumbline.registry.argo.WorkflowSpec;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.yaml.YamlDocuments;
import dev.plumbline.registry.yaml.YamlParser;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The artifact repository of a run, found as Argo finds it: the one that its spec names, else the one that the ConfigMap
 * {@code artifact-repositories} of its namespace says is the usual one, else none, which means the runner's own folder.
 */
final class ArtifactRepository {

    private static final String MAP = "artifact-repositories";
    private static final String USUAL = "workflows.argoproj.io/default-artifact-repository";
    private static final Set<String> OWN_FIELDS = Set.of("keyFormat", "keyPrefix");

    private ArtifactRepository() {}

    /**
     * What a Workflow's status says of its repository, in Argo's form; null for the runner's own folder.
     *
     * @throws NodeProblem when the one that is named is not there, or artifacts that the run has cannot be kept in it
     */
    static @Nullable Map<String, @Nullable Object> find(ConfigMaps configMaps, RunDefinition definition)
            throws NodeProblem {
        WorkflowSpec spec = definition.spec();
        Map<String, @Nullable Object> ref = Tree.map(spec.tree(), "artifactRepositoryRef");
        String written = Tree.text(ref, "configMap");
        String map = written.isEmpty() ? MAP : written;
        Map<String, @Nullable Object> object = configMaps.object(map, ref.isEmpty());
        if (object == null) {
            return null;
        }
        String named = Tree.text(ref, "key");
        String key = named.isEmpty() ? Tree.text(object, "metadata", "annotations", USUAL) : named;
        String text = Tree.string(object, "data", key);
        if (text == null) {
            throw new NodeProblem("ConfigMap '" + map + "' has no artifact repository '" + key + "'");
        }
        YamlDocuments read = YamlParser.parse(map, text.getBytes(StandardCharsets.UTF_8));
        if (read.broken()
                || read.documents().size() != 1
                || !(read.documents().getFirst().value() instanceof Map<?, ?> tree)) {
            throw new NodeProblem("ConfigMap '" + map + "' holds under '" + key + "' no artifact repository in YAML");
        }
        Map<String, @Nullable Object> repository = Tree.cast(tree);
        if (hasArtifacts(definition)) {
            refuse(repository, "artifact repository '" + key + "' of ConfigMap '" + map + "'");
        }
        Map<String, @Nullable Object> found = new LinkedHashMap<>();
        found.put("configMap", map);
        found.put("key", key);
        found.put("namespace", configMaps.namespace());
        found.put("artifactRepository", repository);
        return found;
    }

    private static boolean hasArtifacts(RunDefinition definition) {
        Stream<Template> stored =
                definition.storedTemplates().values().stream().map(tree -> new Template(Tree.map(tree)));
        return Stream.concat(definition.spec().templates().stream(), stored)
                .flatMap(ArtifactRepository::withInline)
                .anyMatch(one -> !one.inputArtifacts().isEmpty()
                        || !one.outputArtifacts().isEmpty());
    }

    private static Stream<Template> withInline(Template template) {
        return Stream.concat(
                Stream.of(template),
                template.members().stream()
                        .filter(member -> member.tree().containsKey("inline"))
                        .flatMap(member -> withInline(new Template(Tree.map(member.tree(), "inline")))));
    }

    private static void refuse(Map<String, @Nullable Object> repository, String name) throws NodeProblem {
        for (String field : repository.keySet()) {
            if (!field.equals("archiveLogs") && !field.equals("s3")) {
                throw new NodeProblem(name
                        + ": the embedded runner keeps artifacts in S3 or in its own folder, not in '" + field + "'");
            }
        }
        Map<String, @Nullable Object> s3 = Tree.map(repository, "s3");
        for (String field : s3.keySet()) {
            FieldSupport.Row row = FieldSupport.rows(FieldSupport.Part.S3).get(field);
            if (!OWN_FIELDS.contains(field) && (row == null || row.support() == FieldSupport.REFUSED)) {
                throw new NodeProblem(name + ": the embedded runner does not execute '" + field + "' of s3");
            }
        }
        if (!s3.isEmpty()
                && (Tree.text(s3, "bucket").isEmpty()
                        || Tree.text(s3, "endpoint").isEmpty())) {
            throw new NodeProblem(name + ": s3 needs 'endpoint' and 'bucket'");
        }
    }
}
