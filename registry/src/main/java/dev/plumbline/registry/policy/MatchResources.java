package dev.plumbline.registry.policy;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.schema.Schemas;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which requests a policy or binding is about ({@code MatchResources}).
 *
 * @param tree as written; empty matches everything
 */
record MatchResources(Map<String, @Nullable Object> tree) {

    /** No policy applies to these, so that nobody locks himself out. */
    private static final Set<String> EXEMPT = Set.of(
            "ValidatingWebhookConfiguration",
            "MutatingWebhookConfiguration",
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding",
            "MutatingAdmissionPolicy",
            "MutatingAdmissionPolicyBinding");

    static boolean exempt(Admission request) {
        return request.group().equals("admissionregistration.k8s.io") && EXEMPT.contains(request.kind());
    }

    boolean matches(Admission request, Surroundings surroundings) {
        List<Map<String, @Nullable Object>> rules = Tree.maps(tree, "resourceRules");
        return namespace(request, surroundings)
                && objects(request)
                && !anyRule(Tree.maps(tree, "excludeResourceRules"), request)
                && (rules.isEmpty() || anyRule(rules, request));
    }

    /** What lives in no namespace always matches; a Namespace is asked for its own labels. */
    private boolean namespace(Admission request, Surroundings surroundings) {
        Object selector = tree.get("namespaceSelector");
        if (selector == null || request.namespace().isEmpty()) {
            return true;
        }
        Map<String, @Nullable Object> labels = request.isNamespace()
                ? Surroundings.labelsOf(request.object())
                : surroundings.labels(request.namespace());
        return LabelSelector.matches(selector, labels);
    }

    private boolean objects(Admission request) {
        Object selector = tree.get("objectSelector");
        Map<String, @Nullable Object> before = request.oldObject();
        return LabelSelector.matches(selector, Tree.map(request.object(), "metadata", "labels"))
                || (before != null && LabelSelector.matches(selector, Tree.map(before, "metadata", "labels")));
    }

    private boolean anyRule(List<Map<String, @Nullable Object>> rules, Admission request) {
        boolean exact = Tree.text(tree, "matchPolicy").equals("Exact");
        for (Map<String, @Nullable Object> rule : rules) {
            if (rule(rule, request, exact)) {
                return true;
            }
        }
        return false;
    }

    private static boolean rule(Map<String, @Nullable Object> rule, Admission request, boolean exact) {
        List<@Nullable Object> names = Tree.list(rule, "resourceNames");
        return has(rule, "operations", request.operation())
                && has(rule, "apiGroups", request.group())
                && (has(rule, "apiVersions", request.version()) || (!exact && otherVersion(rule, request)))
                && resource(rule, request.resource())
                && scope(Tree.text(rule, "scope"), request)
                && (names.isEmpty() || names.contains(request.name()));
    }

    /** Another served version of the same kind is matched too, unless the policy says Exact. */
    private static boolean otherVersion(Map<String, @Nullable Object> rule, Admission request) {
        return Tree.list(rule, "apiVersions").stream()
                .anyMatch(version -> Schemas.find(
                                request.group().isEmpty() ? String.valueOf(version) : request.group() + "/" + version,
                                request.kind())
                        .isPresent());
    }

    private static boolean has(Map<String, @Nullable Object> rule, String field, String value) {
        List<@Nullable Object> values = Tree.list(rule, field);
        return values.contains("*") || values.contains(value);
    }

    /** Requests here are never about a subresource. */
    private static boolean resource(Map<String, @Nullable Object> rule, String resource) {
        return Tree.list(rule, "resources").stream()
                .map(String::valueOf)
                .anyMatch(
                        written -> Set.of("*", "*/*", resource, resource + "/*").contains(written));
    }

    private static boolean scope(String scope, Admission request) {
        boolean cluster = request.isNamespace() || request.namespace().isEmpty();
        return switch (scope) {
            case "Cluster" -> cluster;
            case "Namespaced" -> !cluster;
            default -> true;
        };
    }
}
