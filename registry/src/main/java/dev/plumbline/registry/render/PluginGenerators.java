package dev.plumbline.registry.render;

import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlScalar;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is listed under {@code generators:}: kustomize's built-in generators with a file of their own. */
final class PluginGenerators {

    private PluginGenerators() {}

    /**
     * The object that a generator makes; null, with findings, where it cannot.
     *
     * @param user the kustomization that lists it; the generator's paths start at its folder
     */
    static @Nullable Resource make(Resource config, Kustomization user, Files files, Problems problems)
            throws SourceException {
        if (!PluginKinds.isBuiltIn(config, problems)) {
            return null;
        }
        DataGenerator data = new DataGenerator(user.folder(), files, problems);
        return switch (config.kind()) {
            case PluginKinds.CONFIG_MAP_GENERATOR -> data.ofPlugin(config, false);
            case PluginKinds.SECRET_GENERATOR -> data.ofPlugin(config, true);
            case PluginKinds.IAM_POLICY_GENERATOR -> serviceAccount(config, problems);
            default -> {
                PluginKinds.refuse(config, "generator", problems);
                yield null;
            }
        };
    }

    /** A Kubernetes service account that stands for one of Google's. */
    private static @Nullable Resource serviceAccount(Resource config, Problems problems) {
        Fields fields = new Fields(config.node(), problems, Fields.Reading.PLUGIN);
        Fields service = fields.map("kubernetesService");
        Fields account = fields.map("serviceAccount");
        String name = service == null ? "" : service.text("name");
        if (!fields.text("cloud").equals("gke") || account == null || service == null || name.isEmpty()) {
            PluginKinds.misconfigured(
                    fields,
                    config.kind(),
                    fields.text("cloud").equals("gke") ? "a name is missing" : "the cloud must be gke",
                    "write cloud: gke, kubernetesService with a name, and serviceAccount with name and projectId",
                    problems);
            return null;
        }
        Location by = config.place;
        Map<String, YamlNode> node = new LinkedHashMap<>();
        node.put("apiVersion", new YamlScalar("v1", by));
        node.put("kind", new YamlScalar("ServiceAccount", by));
        Resource made = new Resource(new YamlMap(node, by), by);
        metadata(made, "name", name);
        metadata(made, "namespace", service.text("namespace"));
        String mail = account.text("name") + "@" + account.text("projectId") + ".iam.gserviceaccount.com";
        made.annotationEntries(by).put("iam.gke.io/gcp-service-account", new YamlScalar(mail, by));
        return made;
    }

    /** kustomize writes these into a text that it reads as YAML: what spells a number is one. */
    private static void metadata(Resource made, String field, String text) {
        made.setMetadata(field, text, made.place);
        if (!YamlScalar.isRewrittenDate(text) && made.node().child("metadata") instanceof YamlMap metadata) {
            metadata.entries().computeIfPresent(field, (_, _) -> WrittenText.untyped(text, made.place));
        }
    }
}
