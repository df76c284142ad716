package dev.plumbline.registry.render;

import dev.plumbline.registry.yaml.YamlList;
import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlScalar;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The vars of a build. Each kustomization's are tied to their objects when it has transformed them, all are replaced at the
 * very end, when names are final. A name may be used once in the whole build.
 */
final class Vars {

    private static final String RULE = "render-var";

    private final Map<String, Var> all = new TreeMap<>();
    private final Problems problems;

    Vars(Problems problems) {
        this.problems = problems;
    }

    /** Takes the vars of a kustomization whose objects are finished and shared. */
    void add(Kustomization kustomization, Resources resources) {
        List<Var> more = VarReader.read(kustomization, problems);
        if (!more.isEmpty()) {
            resources.change();
            add(more, resources);
            resources.share();
        }
    }

    private void add(List<Var> more, Resources resources) {
        for (Var added : more) {
            put(added);
            List<Resource> objects = resources.matching(added::isOf);
            if (objects.size() > 1) {
                problems.error(
                        RULE,
                        added.place(),
                        "the var " + added + " may mean " + objects.get(0).id() + " or "
                                + objects.get(1).id(),
                        "add the namespace to objref");
            } else {
                objects.forEach(object -> object.vars.add(added.name()));
            }
        }
    }

    /** All of them by name, in order. */
    Map<String, Var> all() {
        return Collections.unmodifiableMap(new TreeMap<>(all));
    }

    /** Takes the vars of a base. */
    void addAll(Map<String, Var> base) {
        base.values().forEach(this::put);
    }

    private void put(Var added) {
        Var known = all.putIfAbsent(added.name(), added);
        if (known != null) {
            problems.error(
                    RULE,
                    added.place(),
                    "the var " + added.name() + " is already defined at " + known.place(),
                    "give one of them another name");
        }
    }

    /** Replaces every {@code $(NAME)} in the fields that may hold one. */
    void resolve(Resources resources, List<FieldSpec> fields) {
        VarReplacement replacement = new VarReplacement();
        for (Var var : all.values()) {
            YamlNode value = valueOf(var, resources);
            if (value != null) {
                replacement.put(var.name(), value);
            }
        }
        if (all.isEmpty() || problems.anyError()) {
            return;
        }
        for (Resource resource : resources.list()) {
            for (FieldSpec field : fields) {
                FieldPath.applyAll(
                        resource,
                        List.of(field),
                        FieldPath.Leaf.EXACT,
                        node -> replaced(node, replacement),
                        resource.place,
                        problems);
                if (replacement.takeShared()) {
                    SharedEntries.spread(resource.node());
                }
            }
            replacement.takeUsed().forEach(name -> remember(resource, name, resources));
        }
        for (Var var : all.values()) {
            if (!problems.anyError() && !replacement.isUsed(var.name())) {
                problems.warning(
                        RULE, var.place(), "the var " + var.name() + " is never replaced", "remove it, or use it");
            }
        }
    }

    private @Nullable YamlNode valueOf(Var var, Resources resources) {
        List<Resource> objects = resources.matching(resource -> resource.vars.contains(var.name()));
        if (objects.isEmpty()) {
            problems.error(
                    RULE,
                    var.place(),
                    "the object of the var " + var + " is not among the objects of this build",
                    "correct objref: apiVersion, kind and name must be the object's own");
            return null;
        }
        YamlNode found = null;
        String why = "";
        try {
            found = var.path().find(objects.getFirst().node());
        } catch (WrongShapeException e) {
            why = ": " + e.reason();
        }
        if (found == null || VarReplacement.isUnreadable(found)) {
            problems.error(
                    RULE,
                    var.place(),
                    "the field " + var.path().written() + " of the var " + var.name() + " is not in "
                            + objects.getFirst().id()
                            + (found == null ? why : ": the number is not written in decimal"),
                    "correct fieldref");
            return null;
        }
        return found;
    }

    private static void remember(Resource resource, String var, Resources resources) {
        for (Resource from : resources.list()) {
            if (from != resource && from.vars.contains(var)) {
                resource.files.add(from.place.file());
                resource.files.addAll(from.files);
            }
        }
    }

    /** A single text, or those directly in a map or list; a list may hold nothing else. */
    private static YamlNode replaced(YamlNode node, VarReplacement replacement) {
        switch (node) {
            case YamlScalar scalar -> {
                return replacement.apply(scalar);
            }
            case YamlMap map ->
                map.entries()
                        .replaceAll(
                                (_, value) -> value instanceof YamlScalar scalar ? replacement.apply(scalar) : value);
            case YamlList list ->
                list.items().replaceAll(item -> {
                    if (item instanceof YamlScalar scalar && scalar.value() instanceof String) {
                        return replacement.apply(scalar);
                    }
                    throw new WrongShapeException(
                            item.location(),
                            "vars are replaced in this list, so all its elements must be text; quote it");
                });
        }
        return node;
    }
}
