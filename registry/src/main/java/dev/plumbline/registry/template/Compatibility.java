package dev.plumbline.registry.template;

import dev.plumbline.registry.argo.ArgoKinds;
import dev.plumbline.registry.argo.Template;
import dev.plumbline.registry.argo.WorkflowSpec;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Which version bump each template needs, from two renderings of one overlay. What is compared is what callers see: the
 * arguments of the whole, the inputs and outputs of each template in it, the entrypoint and the service account.
 */
public final class Compatibility {

    private Compatibility() {}

    /**
     * What became of each template that differs, by key.
     *
     * @param before objects as rendered, before they were given version names
     * @param after the same of the later commit
     */
    public static List<TemplateChanges> compare(Collection<Manifest> before, Collection<Manifest> after) {
        Map<ObjectKey, Manifest> was = templates(before);
        Map<ObjectKey, Manifest> is = templates(after);
        List<TemplateChanges> changes = new ArrayList<>();
        was.forEach((key, old) -> {
            Manifest now = is.get(key);
            if (now == null) {
                changes.add(whole(key, Bump.MAJOR, "the template is gone"));
            } else if (!now.digest().equals(old.digest())) {
                changes.add(changed(key, WorkflowSpec.of(old.content()), WorkflowSpec.of(now.content())));
            }
        });
        is.keySet().stream()
                .filter(key -> !was.containsKey(key))
                .forEach(key -> changes.add(whole(key, Bump.MINOR, "the template is new")));
        changes.sort(Comparator.comparing(TemplateChanges::template));
        return changes;
    }

    private static TemplateChanges whole(ObjectKey key, Bump bump, String message) {
        return new TemplateChanges(key, bump, List.of(new InterfaceChange(bump, "", message)));
    }

    private static TemplateChanges changed(ObjectKey key, WorkflowSpec before, WorkflowSpec after) {
        List<InterfaceChange> changes = new ArrayList<>(
                SignatureComparison.compare(Signature.of(before), Signature.of(after), "arguments", "outputs"));
        entrypoint(before, after, changes);
        if (!account(before).equals(account(after))) {
            changes.add(new InterfaceChange(
                    Bump.MINOR,
                    "serviceAccountName",
                    "it runs as " + account(after) + " instead of " + account(before)
                            + ", with that account's rights"));
        }
        templates(before, after, changes);
        changes.sort(Comparator.comparing(InterfaceChange::place).thenComparing(InterfaceChange::message));
        Bump bump = changes.stream().map(InterfaceChange::bump).reduce(Bump.PATCH, Bump::or);
        return new TemplateChanges(key, bump, changes);
    }

    /** One that is gone cannot be run on its own any more; another one is run with the same arguments. */
    private static void entrypoint(WorkflowSpec before, WorkflowSpec after, List<InterfaceChange> changes) {
        String was = before.entrypoint();
        String is = after.entrypoint();
        if (!Objects.equals(was, is)) {
            changes.add(new InterfaceChange(
                    is == null ? Bump.MAJOR : Bump.MINOR,
                    "entrypoint",
                    is == null
                            ? "the entrypoint " + was + " is gone"
                            : "the entrypoint is " + is + " instead of " + was));
        }
    }

    private static void templates(WorkflowSpec before, WorkflowSpec after, List<InterfaceChange> changes) {
        for (Template old : before.templates()) {
            String place = "templates." + old.name();
            Template now = after.template(old.name());
            if (now == null) {
                changes.add(new InterfaceChange(Bump.MAJOR, place, "the template " + old.name() + " in it is gone"));
            } else {
                changes.addAll(SignatureComparison.compare(
                        Signature.of(old), Signature.of(now), place + ".inputs", place + ".outputs"));
            }
        }
        for (Template now : after.templates()) {
            if (before.template(now.name()) == null) {
                changes.add(new InterfaceChange(
                        Bump.MINOR, "templates." + now.name(), "the template " + now.name() + " in it is new"));
            }
        }
    }

    private static String account(WorkflowSpec spec) {
        String account = Tree.text(spec.tree(), "serviceAccountName");
        return account.isEmpty() ? "the default account" : account;
    }

    private static Map<ObjectKey, Manifest> templates(Collection<Manifest> objects) {
        Map<ObjectKey, Manifest> templates = new TreeMap<>();
        for (Manifest object : objects) {
            ObjectKey key = object.key();
            if (key.group().equals(ArgoKinds.GROUP)
                    && (key.kind().equals(ArgoKinds.WORKFLOW_TEMPLATE)
                            || key.kind().equals(ArgoKinds.CLUSTER_WORKFLOW_TEMPLATE))) {
                templates.put(key, object);
            }
        }
        return templates;
    }
}
