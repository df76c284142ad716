package dev.plumbline.controller.local.runner;

import dev.plumbline.controller.apply.ClusterWriter;
import dev.plumbline.controller.apply.DeleteOptions;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.ClusterReader;
import dev.plumbline.registry.argo.ArgoKinds;
import dev.plumbline.registry.argo.Template;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.yaml.YamlDocuments;
import dev.plumbline.registry.yaml.YamlParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a resource template asks of the cluster: one object and one action, as kubectl would do it. {@code apply} without
 * {@code --server-side} is a server-side apply here too, under kubectl's name and forced.
 */
final class ResourceStep {

    private static final Set<String> CLUSTER_SCOPED =
            Set.of("Namespace", "ClusterRole", "ClusterRoleBinding", ArgoKinds.CLUSTER_WORKFLOW_TEMPLATE);
    private static final String CLIENT_SIDE = "kubectl-client-side-apply";
    private static final String SERVER_SIDE = "kubectl";

    private final ClusterReader reader;
    private final ClusterWriter writer;
    private final String action;
    private final List<String> flags;
    private final Map<String, @Nullable Object> manifest;
    private ObjectKey key;
    private String said = "";

    private ResourceStep(
            Runner.Doors doors, String action, List<String> flags, Map<String, @Nullable Object> manifest) {
        this.reader = doors.reader();
        this.writer = doors.writer();
        this.action = action;
        this.flags = flags;
        this.manifest = manifest;
        this.key = Manifest.keyOf(manifest);
    }

    /**
     * Reads what a template asks, its tags replaced.
     *
     * @throws NodeProblem when its manifest is not one object
     */
    static ResourceStep of(RunParts run, Template template) throws NodeProblem {
        Map<String, @Nullable Object> resource = template.resource();
        Map<String, @Nullable Object> manifest = manifest(Tree.text(resource, "manifest"));
        if (Tree.text(manifest, "metadata", "namespace").isEmpty()
                && !CLUSTER_SCOPED.contains(Tree.text(manifest, "kind"))) {
            Tree.set(manifest, run.status().key().namespace(), "metadata", "namespace");
        }
        if (Boolean.TRUE.equals(resource.get("setOwnerReference"))) {
            own(run.status(), manifest);
        }
        return new ResourceStep(
                run.doors(),
                Tree.text(resource, "action"),
                Tree.list(resource, "flags").stream().map(String::valueOf).toList(),
                manifest);
    }

    private static Map<String, @Nullable Object> manifest(String text) throws NodeProblem {
        YamlDocuments documents = YamlParser.parse("manifest", text.getBytes(StandardCharsets.UTF_8));
        if (documents.broken()) {
            throw new NodeProblem("the manifest cannot be read: "
                    + documents.findings().getFirst().message());
        }
        List<Map<String, @Nullable Object>> objects = new ArrayList<>();
        documents.documents().forEach(document -> {
            if (document.value() instanceof Map<?, ?> map) {
                objects.add(Tree.copy(Tree.cast(map)));
            }
        });
        if (objects.size() != 1) {
            throw new NodeProblem("the manifest holds " + objects.size() + " objects; write exactly one");
        }
        return objects.getFirst();
    }

    private static void own(RunStatus run, Map<String, @Nullable Object> manifest) {
        List<@Nullable Object> owners = new ArrayList<>(Tree.list(manifest, "metadata", "ownerReferences"));
        Map<String, @Nullable Object> owner = new LinkedHashMap<>();
        owner.put("apiVersion", ArgoKinds.GROUP + "/v1alpha1");
        owner.put("kind", ArgoKinds.WORKFLOW);
        owner.put("name", run.key().name());
        owner.put("uid", run.uid());
        owner.put("controller", true);
        owner.put("blockOwnerDeletion", true);
        owners.add(owner);
        Tree.set(manifest, owners, "metadata", "ownerReferences");
    }

    /** Does it; returns the object, or null after a deletion. */
    @Nullable
    Map<String, @Nullable Object> act() throws ClusterException {
        Map<String, @Nullable Object> object = perform();
        if (object != null) {
            key = Manifest.keyOf(object);
        }
        said = action + " " + key.display() + (object == null ? ": gone" : "");
        return object;
    }

    private @Nullable Map<String, @Nullable Object> perform() throws ClusterException {
        return switch (action) {
            case "get" -> read();
            case "create" -> writer.create(manifest, manager(SERVER_SIDE));
            case "patch" -> writer.mergePatch(key, manifest, manager(SERVER_SIDE));
            case "delete" -> {
                delete();
                yield null;
            }
            default -> {
                boolean server = set("--server-side");
                yield writer.apply(
                        manifest,
                        manager(server ? SERVER_SIDE : CLIENT_SIDE),
                        !server || set("--force-conflicts"),
                        false);
            }
        };
    }

    /** Argo deletes with {@code --ignore-not-found}. */
    private void delete() throws ClusterException {
        try {
            writer.delete(key, new DeleteOptions(null, null, false));
        } catch (ClusterException e) {
            if (e.reason() != ClusterException.Reason.NOT_FOUND) {
                throw e;
            }
        }
    }

    /** The object as it is now. */
    Map<String, @Nullable Object> read() throws ClusterException {
        return reader.get(key)
                .orElseThrow(() ->
                        new ClusterException(ClusterException.Reason.NOT_FOUND, key, "there is no " + key.display()));
    }

    /** What was done, for the log. */
    String said() {
        return said;
    }

    private boolean set(String flag) {
        return flags.contains(flag) || flags.contains(flag + "=true");
    }

    private String manager(String otherwise) {
        String prefix = "--field-manager=";
        return flags.stream()
                .filter(flag -> flag.startsWith(prefix))
                .map(flag -> flag.substring(prefix.length()))
                .findFirst()
                .orElse(otherwise);
    }
}
