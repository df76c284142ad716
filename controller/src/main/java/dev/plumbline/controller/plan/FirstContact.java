package dev.plumbline.controller.plan;

import dev.plumbline.controller.diff.FieldOwner;
import dev.plumbline.controller.diff.OwnedFields;
import dev.plumbline.controller.plan.PlanRules.Adoption;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an object that exists and that the sync did not make.
 *
 * @param tool the tool that manages it; empty when none is recognised
 * @param conflicts fields that are wanted otherwise, by the manager that owns them
 */
record FirstContact(String tool, SortedMap<String, List<String>> conflicts) {

    private static final List<String> LABELS = List.of("metadata", "labels");
    private static final List<String> ANNOTATIONS = List.of("metadata", "annotations");

    /**
     * How a tool marks its objects.
     *
     * @param tool its name
     * @param holder where the mark is
     * @param key the label or annotation
     * @param value its value; empty for any
     */
    private record Mark(String tool, List<String> holder, String key, String value) {

        boolean isOn(Map<String, @Nullable Object> live) {
            String found = Tree.text(Tree.map(live, holder.toArray(String[]::new)), key);
            return value.isEmpty() ? !found.isEmpty() : found.equals(value);
        }
    }

    private static final List<Mark> MARKS = List.of(
            new Mark("Argo CD", ANNOTATIONS, "argocd.argoproj.io/tracking-id", ""),
            new Mark("Argo CD", LABELS, "argocd.argoproj.io/instance", ""),
            new Mark("Flux", LABELS, "kustomize.toolkit.fluxcd.io/name", ""),
            new Mark("Flux", LABELS, "helm.toolkit.fluxcd.io/name", ""),
            new Mark("Helm", ANNOTATIONS, "meta.helm.sh/release-name", ""),
            new Mark("Helm", LABELS, "app.kubernetes.io/managed-by", "Helm"),
            new Mark("kapp", LABELS, "kapp.k14s.io/app", ""),
            new Mark("Config Sync", ANNOTATIONS, "configmanagement.gke.io/managed", "enabled"));

    private static final Map<String, String> TOOLS = Map.of(
            "argocd-controller", "Argo CD",
            "argocd-application-controller", "Argo CD",
            "kustomize-controller", "Flux",
            "helm-controller", "Flux",
            "flux", "Flux",
            "helm", "Helm",
            "kapp", "kapp",
            "configsync", "Config Sync");

    /** Looks at a live object. */
    static FirstContact of(Map<String, @Nullable Object> content, Map<String, @Nullable Object> live) {
        return new FirstContact(tool(live), OwnedFields.conflicts(content, live));
    }

    /** Why it may not be adopted, and what to do; empty when it may. */
    Optional<String> refusal(ObjectKey key, Adoption adoption) {
        boolean free = tool.isEmpty() && conflicts.isEmpty();
        if (adoption == Adoption.ALWAYS || (adoption == Adoption.IF_UNMANAGED && free)) {
            return Optional.empty();
        }
        String fix = adoption == Adoption.NEVER
                ? "; delete it, or allow its adoption"
                : "; take it out of " + (tool.isEmpty() ? "their" : tool + "'s")
                        + " hands, make the repository agree, or set adoption: Always";
        return Optional.of(key + " exists already" + words() + fix);
    }

    /** Who manages it and which fields are in dispute, for people; empty when nobody does. */
    String words() {
        String managers = conflicts.entrySet().stream()
                .map(entry -> entry.getKey() + " owns " + String.join(", ", entry.getValue()))
                .collect(Collectors.joining("; "));
        return (tool.isEmpty() ? "" : ", managed by " + tool) + (managers.isEmpty() ? "" : ", and " + managers);
    }

    private static String tool(Map<String, @Nullable Object> live) {
        for (Mark mark : MARKS) {
            if (mark.isOn(live)) {
                return mark.tool();
            }
        }
        for (FieldOwner owner : OwnedFields.owners(live)) {
            String tool = TOOLS.get(owner.manager());
            if (tool != null) {
                return tool;
            }
        }
        for (Map<String, @Nullable Object> owner : Tree.maps(live, "metadata", "ownerReferences")) {
            if (Boolean.TRUE.equals(owner.get("controller"))) {
                return Tree.text(owner, "kind") + "/" + Tree.text(owner, "name");
            }
        }
        return "";
    }
}
