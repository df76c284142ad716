package dev.plumbline.registry.policy;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.schema.KindSchema;
import dev.plumbline.registry.schema.Schemas;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parameters that a binding hands to a policy: the policy is asked once for each.
 *
 * @param values parameters; one null where the policy takes none
 * @param error why there are none, in the API server's words; empty when all is well
 */
record Params(List<@Nullable Object> values, String error) {

    static Params collect(Policy policy, Binding binding, Admission request, Surroundings surroundings) {
        if (policy.paramKind().isEmpty() || binding.paramRef().isEmpty()) {
            List<@Nullable Object> none = new ArrayList<>();
            none.add(null);
            return new Params(none, "");
        }
        String apiVersion = Tree.text(policy.paramKind(), "apiVersion");
        String kind = Tree.text(policy.paramKind(), "kind");
        String namespace = Tree.text(binding.paramRef(), "namespace");
        boolean namespaced =
                Schemas.find(apiVersion, kind).map(KindSchema::namespaced).orElse(!namespace.isEmpty());
        if (namespaced && namespace.isEmpty()) {
            namespace = request.namespace();
            if (namespace.isEmpty()) {
                return failed("cannot use namespaced paramRef in policy binding that matches cluster-scoped resources");
            }
        } else if (!namespaced && !namespace.isEmpty()) {
            return failed("paramRef.namespace must not be provided for a cluster-scoped `paramKind`");
        }
        List<Map<String, @Nullable Object>> found = find(binding, apiVersion, kind, namespace, surroundings);
        if (found.isEmpty()
                && Tree.text(binding.paramRef(), "parameterNotFoundAction").equals("Deny")) {
            return failed("no params found for policy binding with `Deny` parameterNotFoundAction");
        }
        return new Params(new ArrayList<>(found), "");
    }

    private static List<Map<String, @Nullable Object>> find(
            Binding binding, String apiVersion, String kind, String namespace, Surroundings surroundings) {
        String name = Tree.text(binding.paramRef(), "name");
        if (!name.isEmpty()) {
            Optional<Map<String, @Nullable Object>> one = surroundings.find(apiVersion, kind, namespace, name);
            return one.map(List::of).orElseGet(List::of);
        }
        Object selector = binding.paramRef().get("selector");
        return surroundings.list(apiVersion, kind, namespace).stream()
                .filter(object -> LabelSelector.matches(selector, Tree.map(object, "metadata", "labels")))
                .toList();
    }

    private static Params failed(String error) {
        return new Params(List.of(), error);
    }
}
