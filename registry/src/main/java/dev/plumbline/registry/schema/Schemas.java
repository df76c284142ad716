package dev.plumbline.registry.schema;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.finding.Spelling;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All kinds whose schemas are known. Each file is read when a kind of it is first asked for. */
public final class Schemas {

    /** The Kubernetes version whose API server the built-in kinds were read from. */
    public static final String KUBERNETES = "1.34.4";

    /** The version whose full CRDs Argo's kinds were read from. */
    public static final String ARGO = "4.1.4";

    private static final String ARGO_GROUP = "argoproj.io/";

    /** Kinds of Argo's other programs, which share its group. */
    private static final Set<String> OTHER_ARGO = Set.of(
            "AnalysisRun",
            "AnalysisTemplate",
            "AppProject",
            "Application",
            "ApplicationSet",
            "ClusterAnalysisTemplate",
            "EventBus",
            "EventSource",
            "Experiment",
            "Rollout",
            "Sensor");

    private Schemas() {}

    private static final class Argo {
        static final Map<String, Map<String, KindSchema>> KINDS = SchemaFile.read("argo-schemas.json");
    }

    private static final class Kubernetes {
        static final Map<String, Map<String, KindSchema>> KINDS = SchemaFile.read("kubernetes-schemas.json");
    }

    /** A kind; empty when it is not one of the known ones. */
    public static Optional<KindSchema> find(String apiVersion, String kind) {
        return Optional.ofNullable(
                kinds(apiVersion).getOrDefault(apiVersion, Map.of()).get(kind));
    }

    /** What a strict API server would refuse in an object, each at its place; nothing for kinds that are not known. */
    public static List<Finding> check(Manifest object) {
        return findings(object, faults(object.content()));
    }

    /** What a strict API server would refuse in an object; nothing for kinds that are not known. */
    public static List<Fault> faults(Map<String, @Nullable Object> content) {
        String apiVersion = Tree.text(content, "apiVersion");
        String kind = Tree.text(content, "kind");
        return find(apiVersion, kind)
                .map(schema -> schema.check(content))
                .orElseGet(() -> otherVersion(apiVersion, kind));
    }

    /** Faults of an object as findings at the object's places. */
    public static List<Finding> findings(Manifest object, List<Fault> faults) {
        List<Finding> findings = new ArrayList<>(faults.size());
        for (Fault fault : faults) {
            findings.add(new Finding(
                    fault.kind().rule(),
                    fault.kind().severity(),
                    object.locate(fault.path().toArray(String[]::new)),
                    object.key(),
                    fault.message(),
                    fault.fix()));
        }
        return findings;
    }

    /** A kind that its group serves only in other versions, such as {@code batch/v1beta1} CronJob. */
    private static List<Fault> otherVersion(String apiVersion, String kind) {
        if (apiVersion.isEmpty() || kind.isEmpty()) {
            return List.of();
        }
        String group = ObjectKey.groupOf(apiVersion);
        for (Map.Entry<String, Map<String, KindSchema>> version :
                kinds(apiVersion).entrySet()) {
            if (ObjectKey.groupOf(version.getKey()).equals(group)
                    && version.getValue().containsKey(kind)) {
                return List.of(new Fault(
                        Fault.Kind.UNKNOWN_VERSION,
                        List.of("apiVersion"),
                        "no matches for kind \"" + kind + "\" in version \"" + apiVersion + "\"",
                        "write apiVersion: " + version.getKey()));
            }
        }
        return unknownKind(apiVersion, kind);
    }

    /** A kind that a group does not have; the group of Argo has more kinds than those of Argo Workflows, so only a slip is told. */
    private static List<Fault> unknownKind(String apiVersion, String kind) {
        Set<String> known = kinds(apiVersion).getOrDefault(apiVersion, Map.of()).keySet();
        Optional<String> meant = Spelling.nearest(kind, known);
        boolean ofArgo = apiVersion.startsWith(ARGO_GROUP);
        if (known.isEmpty() || kind.endsWith("List") || (ofArgo && (meant.isEmpty() || OTHER_ARGO.contains(kind)))) {
            return List.of();
        }
        return List.of(new Fault(
                Fault.Kind.UNKNOWN_KIND,
                List.of("kind"),
                "no matches for kind \"" + kind + "\" in version \"" + apiVersion + "\"",
                meant.map(name -> "did you mean '" + name + "'?").orElse("correct the kind or the apiVersion")));
    }

    private static Map<String, Map<String, KindSchema>> kinds(String apiVersion) {
        return apiVersion.startsWith(ARGO_GROUP) ? Argo.KINDS : Kubernetes.KINDS;
    }
}
