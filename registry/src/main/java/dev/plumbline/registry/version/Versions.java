package dev.plumbline.registry.version;

import dev.plumbline.registry.argo.ArgoKinds;
import dev.plumbline.registry.argo.Reference;
import dev.plumbline.registry.argo.References;
import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.finding.Severity;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.CanonicalForm;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.ObjectKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes template versions. */
public final class Versions {

    /** Label of a version; its value is the template's plain name. */
    public static final String LABEL = "plumbline.dev/version-of";

    /** Annotation of a version: the full digest that its name abbreviates. */
    public static final String DIGEST = "plumbline.dev/content-digest";

    /** Longest plain name of a template: with {@code -} and eight digits it stays within Argo's 63. */
    public static final int MAX_NAME = 54;

    private static final int HASH_DIGITS = 8;

    private final Map<ObjectKey, Manifest> templates = new LinkedHashMap<>();
    private final Map<ObjectKey, Manifest> done = new HashMap<>();
    private final Map<ObjectKey, String> names = new HashMap<>();
    private final Set<ObjectKey> open = new LinkedHashSet<>();
    private final List<Finding> findings = new ArrayList<>();

    private Versions() {}

    /** Whether a live or rendered object is a version. */
    public static boolean isVersion(Map<String, @Nullable Object> object) {
        return Tree.map(object, "metadata", "labels").containsKey(LABEL);
    }

    /** Adds the versions to a rendered set, children first; a cycle of references is a Finding. */
    public static Versioned version(List<Manifest> objects) {
        return new Versions().all(objects);
    }

    private Versioned all(List<Manifest> objects) {
        for (Manifest object : objects) {
            if (isTemplate(object.key())) {
                templates.put(object.key(), object);
            }
        }
        templates.values().forEach(this::make);
        if (Finding.anyError(findings)) {
            return new Versioned(objects, Map.of(), findings);
        }
        List<Manifest> all = new ArrayList<>();
        Map<ObjectKey, ObjectKey> versions = new LinkedHashMap<>();
        for (Manifest object : objects) {
            Manifest version = done.get(object.key());
            if (version != null) {
                all.add(version);
                versions.put(object.key(), version.key());
            } else {
                reportForeign(object);
            }
            all.add(rewritten(object));
        }
        return new Versioned(all, versions, findings);
    }

    /** Makes the version of one template after those that it refers to. */
    private void make(Manifest template) {
        ObjectKey key = template.key();
        if (done.containsKey(key) || names.containsKey(key)) {
            return;
        }
        if (!open.add(key)) {
            findings.add(cycle(template));
            return;
        }
        for (Reference reference : References.of(template.content())) {
            Manifest child = templates.get(reference.target());
            if (child != null) {
                make(child);
            }
        }
        open.remove(key);
        reportForeign(template);
        if (key.name().length() > MAX_NAME) {
            findings.add(Finding.error(
                            "version-name-too-long",
                            template.locate("metadata", "name"),
                            "the name " + key.name() + " has " + key.name().length() + " characters; a version's name adds "
                                    + (HASH_DIGITS + 1) + " to it",
                            "use at most " + MAX_NAME + " characters")
                    .about(key));
            return;
        }
        Map<String, @Nullable Object> content = References.rewrite(template.content(), names);
        Digest digest = CanonicalForm.digest(content);
        String name = key.name() + "-" + digest.hex().substring(0, HASH_DIGITS);
        Tree.set(content, name, "metadata", "name");
        Tree.set(content, key.name(), "metadata", "labels", LABEL);
        Tree.set(content, digest.value(), "metadata", "annotations", DIGEST);
        names.put(key, name);
        done.put(key, template.withContent(content));
    }

    private Finding cycle(Manifest template) {
        String names = String.join(" -> ", open.stream().map(ObjectKey::name).toList());
        return Finding.error(
                        "version-cycle",
                        template.origin().resource(),
                        "templates refer to each other in a circle: " + names + " -> "
                                + template.key().name(),
                        "break the circle by moving the shared template into a WorkflowTemplate of its own")
                .about(template.key());
    }

    private Manifest rewritten(Manifest object) {
        List<Reference> references = References.of(object.content());
        boolean any = references.stream().anyMatch(reference -> names.containsKey(reference.target()));
        return any ? object.withContent(References.rewrite(object.content(), names)) : object;
    }

    private void reportForeign(Manifest object) {
        for (Reference reference : References.of(object.content())) {
            if (!isTemplate(reference.target())) {
                continue;
            }
            if (reference.dynamic()) {
                advise(object, reference, "is only known at run time, so it keeps the plain name and its in-place hazard");
            } else if (!templates.containsKey(reference.target())) {
                advise(object, reference, "is not in this rendering, so it is not versioned");
            }
        }
    }

    private void advise(Manifest object, Reference reference, String why) {
        findings.add(new Finding(
                "version-foreign-reference",
                Severity.ADVICE,
                object.locate(reference.path().toArray(String[]::new)),
                object.key(),
                reference.place() + " names " + reference.target().display() + ", which " + why,
                ""));
    }

    private static boolean isTemplate(ObjectKey key) {
        return key.group().equals(ArgoKinds.GROUP)
                && (key.kind().equals(ArgoKinds.WORKFLOW_TEMPLATE)
                        || key.kind().equals(ArgoKinds.CLUSTER_WORKFLOW_TEMPLATE));
    }
}
