package dev.plumbline.controller.local.runner;

import dev.plumbline.registry.argo.DagTask;
import dev.plumbline.registry.argo.TemplateRef;
import dev.plumbline.registry.json.Tree;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What names a template to execute: an entrypoint, an exit handler or a task.
 *
 * @param template name of a template in the caller's scope; null when {@code ref} is set
 * @param ref a template of another object; null when {@code template} is set
 * @param refTree {@code ref} as written, for the node; null without one
 * @param inline a template that is written where it is called; null for others
 */
record Caller(
        @Nullable String template,
        @Nullable TemplateRef ref,
        @Nullable Map<String, @Nullable Object> refTree,
        @Nullable Map<String, @Nullable Object> inline) {

    static Caller of(String template) {
        return new Caller(template, null, null, null);
    }

    static Caller of(DagTask task) {
        if (task.tree().get("inline") instanceof Map<?, ?> inline) {
            return new Caller(null, null, null, Tree.cast(inline));
        }
        TemplateRef ref = task.templateRef();
        return ref == null
                ? of(String.valueOf(task.template()))
                : new Caller(null, ref, new LinkedHashMap<>(Tree.map(task.tree(), "templateRef")), null);
    }

    /** The key in {@code storedTemplates}, seen from a scope; null for a template of the Workflow itself. */
    @Nullable
    String storedKey(String scope) {
        if (ref != null) {
            return ref.scope() + "/" + ref.template();
        }
        return inline != null || scope.startsWith("local/") ? null : scope + "/" + template;
    }

    /** The scope in which the named template's own names are looked up. */
    String scopeOfCallee(String scope) {
        return ref == null ? scope : ref.scope();
    }

    String display() {
        return ref == null ? "templates." + template : "template reference " + ref.name() + "." + ref.template();
    }
}
