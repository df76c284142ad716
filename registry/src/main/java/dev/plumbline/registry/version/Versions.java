package dev.plumbline.registry.version;

import dev.plumbline.registry.argo.ArgoKinds;
import dev.plumbline.registry.argo.Reference;
import dev.plumbline.registry.argo.References;
import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.finding.Severity;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.version.VersionMemory.Known;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
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

    /** Longest chain of templates in which each refers to the next; Argo itself gives up at a depth of 100. */
    public static final int MAX_CHAIN = 200;

    private static final int HASH_DIGITS = 8;

    private final Map<ObjectKey, Manifest> templates = new LinkedHashMap<>();
    private final IdentityHashMap<Manifest, List<Reference>> references = new IdentityHashMap<>();
    private final Map<ObjectKey, Made> done = new HashMap<>();
    private final Set<ObjectKey> broken = new HashSet<>();
    private final Map<ObjectKey, String> names = new HashMap<>();
    private final Set<ObjectKey> open = new LinkedHashSet<>();
    private final List<Finding> findings = new ArrayList<>();
    private final VersionMemory memory;
    private final IdentityHashMap<Manifest, Known> made = new IdentityHashMap<>();

    private Versions(VersionMemory memory) {
        this.memory = memory;
    }

    /**
     * What becomes of a template.
     *
     * @param version the immutable object
     * @param alias the object under the plain name
     */
    private record Made(Manifest version, Manifest alias) {}

    /** Whether a live or rendered object is a version. */
    public static boolean isVersion(Map<String, @Nullable Object> object) {
        return Tree.map(object, "metadata", "labels").containsKey(LABEL);
    }

    /** Adds the versions to a rendered set, children first; a cycle of references is a Finding. */
    public static Versioned version(List<Manifest> objects) {
        return version(objects, new VersionMemory());
    }

    /** The same, with what was made of an earlier rendering. */
    public static Versioned version(List<Manifest> objects, VersionMemory memory) {
        Versions versions = new Versions(memory);
        Versioned versioned = versions.all(objects);
        memory.keep(versions.made);
        return versioned;
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
            Made made = done.get(object.key());
            if (made != null) {
                all.add(made.version());
                all.add(made.alias());
                versions.put(object.key(), made.version().key());
            } else {
                reportForeign(object);
                all.add(rewritten(object).alias());
            }
        }
        return new Versioned(all, versions, findings);
    }

    /** Makes the version of one template after those that it refers to. */
    private void make(Manifest template) {
        ObjectKey key = template.key();
        if (done.containsKey(key) || broken.contains(key)) {
            return;
        }
        if (open.contains(key)) {
            refuseCycle(template);
            return;
        }
        if (open.size() == MAX_CHAIN) {
            broken.add(key);
            refuse(
                    template,
                    "version-chain-too-deep",
                    "more than " + MAX_CHAIN + " templates refer to each other in a chain that ends at " + key.name(),
                    "refer to fewer templates in a row");
            return;
        }
        open.add(key);
        for (Reference reference : references(template)) {
            Manifest child = templates.get(reference.target());
            if (child != null) {
                make(child);
            }
        }
        open.remove(key);
        reportForeign(template);
        if (key.name().length() > MAX_NAME) {
            refuseName(template);
        } else if (!broken.contains(key)) {
            finish(template);
        }
    }

    private void finish(Manifest template) {
        ObjectKey key = template.key();
        Known rewritten = rewritten(template);
        Manifest alias = rewritten.alias();
        String name = key.name() + "-" + alias.digest().hex().substring(0, HASH_DIGITS);
        if (templates.containsKey(key.withName(name))) {
            refuse(
                    template,
                    "version-name-taken",
                    "the version of " + key.name() + " would be named " + name + ", and another template has that name",
                    "rename the template " + name);
            return;
        }
        names.put(key, name);
        done.put(key, new Made(version(template, rewritten, name), alias));
    }

    private Manifest version(Manifest template, Known now, String name) {
        Manifest version = now.version();
        if (version == null) {
            Map<String, @Nullable Object> content = Tree.copy(now.alias().content());
            Tree.set(content, name, "metadata", "name");
            Tree.set(content, template.key().name(), "metadata", "labels", LABEL);
            Tree.set(content, now.alias().digest().value(), "metadata", "annotations", DIGEST);
            version = template.withContent(content);
            made.put(template, new Known(now.references(), now.names(), now.alias(), version));
        }
        return version;
    }

    private Known rewritten(Manifest object) {
        List<Reference> all = references(object);
        List<String> renamed = all.stream()
                .map(reference -> names.getOrDefault(reference.target(), ""))
                .toList();
        Known known = memory.of(object);
        if (known == null || !known.names().equals(renamed)) {
            boolean any = renamed.stream().anyMatch(name -> !name.isEmpty());
            Manifest alias = any ? object.withContent(References.rewrite(object.content(), all, names)) : object;
            known = new Known(all, renamed, alias, null);
        }
        made.put(object, known);
        return known;
    }

    private List<Reference> references(Manifest object) {
        return references.computeIfAbsent(object, some -> {
            Known known = memory.of(some);
            return known == null ? References.of(some.content()) : known.references();
        });
    }

    private void refuseCycle(Manifest template) {
        List<String> chain = new ArrayList<>(open.stream().map(ObjectKey::name).toList());
        List<String> cycle = chain.subList(chain.indexOf(template.key().name()), chain.size());
        broken.add(template.key());
        refuse(
                template,
                "version-cycle",
                "templates refer to each other in a circle: " + String.join(" -> ", cycle) + " -> "
                        + template.key().name(),
                "break the circle by moving the shared template into a WorkflowTemplate of its own");
    }

    private void refuseName(Manifest template) {
        String name = template.key().name();
        refuse(
                template,
                "version-name-too-long",
                "the name " + name + " has " + name.length() + " characters; a version's name adds " + (HASH_DIGITS + 1)
                        + " to it",
                "use at most " + MAX_NAME + " characters");
    }

    private void refuse(Manifest template, String rule, String message, String fix) {
        findings.add(Finding.error(rule, template.locate("metadata", "name"), message, fix)
                .about(template.key()));
    }

    private void reportForeign(Manifest object) {
        for (Reference reference : references(object)) {
            if (!isTemplate(reference.target())) {
                continue;
            }
            if (reference.dynamic()) {
                advise(
                        object,
                        reference,
                        "is only known at run time, so it keeps the plain name and its in-place hazard");
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
