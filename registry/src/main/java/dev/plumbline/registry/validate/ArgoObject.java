package dev.plumbline.registry.validate;

import dev.plumbline.registry.argo.ArgoKinds;
import dev.plumbline.registry.argo.Parameter;
import dev.plumbline.registry.argo.Reference;
import dev.plumbline.registry.argo.References;
import dev.plumbline.registry.argo.Template;
import dev.plumbline.registry.argo.TemplateRef;
import dev.plumbline.registry.argo.WorkflowSpec;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What rules ask of an object of Argo's; all of it is empty for any other object. */
final class ArgoObject {

    private final Manifest manifest;
    private final boolean hasSpec;
    private final List<String> specPath;
    private final WorkflowSpec spec;
    private final List<Located> templates;
    private final Map<List<String>, Located> byPath = new HashMap<>();
    private final Map<String, Located> byName = new HashMap<>();
    private final Map<List<String>, Scope> scopes = new HashMap<>();
    private final Map<List<String>, List<Call>> callsOf = new HashMap<>();
    private final Map<List<String>, Dag> dags = new HashMap<>();
    private final List<Call> calls;
    private @Nullable Texts texts;
    private final List<Reference> references;

    ArgoObject(Manifest manifest) {
        this.manifest = manifest;
        String kind = manifest.key().kind();
        this.hasSpec = manifest.key().group().equals(ArgoKinds.GROUP)
                && (kind.equals(ArgoKinds.WORKFLOW)
                        || kind.equals(ArgoKinds.WORKFLOW_TEMPLATE)
                        || kind.equals(ArgoKinds.CLUSTER_WORKFLOW_TEMPLATE)
                        || kind.equals(ArgoKinds.CRON_WORKFLOW));
        this.specPath = List.of(WorkflowSpec.path(kind));
        this.spec = hasSpec ? WorkflowSpec.of(manifest.content()) : new WorkflowSpec(Map.of());
        this.templates = indexed(spec.tree(), "templates").stream()
                .map(element -> new Located(path("templates", element.index()), new Template(element.tree())))
                .toList();
        this.templates.forEach(located -> {
            byPath.put(located.path(), located);
            byName.putIfAbsent(located.template().name(), located);
        });
        this.calls = Call.all(this);
        this.references = References.of(manifest.content());
    }

    /** Whether it holds a WorkflowSpec. */
    boolean hasSpec() {
        return hasSpec;
    }

    /** Whether it is a template, whose arguments may be supplied later. */
    boolean isTemplate() {
        return hasSpec && manifest.key().kind().endsWith(ArgoKinds.WORKFLOW_TEMPLATE);
    }

    /** Its WorkflowSpec. */
    WorkflowSpec spec() {
        return spec;
    }

    /** A path below its WorkflowSpec. */
    List<String> path(String... below) {
        return join(specPath, below);
    }

    /** Its templates. */
    List<Located> templates() {
        return templates;
    }

    /** The template at a path; null when there is none. */
    @Nullable
    Located templateAt(List<String> path) {
        return byPath.get(path);
    }

    /** Its template of a name, the first of two; null when there is none. */
    @Nullable
    Located located(String name) {
        return byName.get(name);
    }

    /** The calls of one of its templates. */
    List<Call> calls(Located located) {
        return callsOf.computeIfAbsent(located.path(), _ -> Call.of(located));
    }

    /** The dag of one of its templates; without tasks when it has none. */
    Dag dag(Located located) {
        return dags.computeIfAbsent(located.path(), _ -> new Dag(located.template()));
    }

    /** Its tags and expressions. */
    Texts texts() {
        Texts known = texts;
        if (known == null) {
            known = new Texts(manifest);
            texts = known;
        }
        return known;
    }

    /** What the tags of one of its templates may name. */
    Scope scope(Located located, RenderedSet set) {
        return scopes.computeIfAbsent(located.path(), _ -> new Scope(this, located, set));
    }

    /** The calls of templates by its steps, tasks and hooks. */
    List<Call> calls() {
        return calls;
    }

    /** Names of its templates. */
    List<String> templateNames() {
        return templates.stream()
                .map(located -> located.template().name())
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** References to other objects. */
    List<Reference> references() {
        return references;
    }

    /** The object whose spec it takes over; null when it takes none, or none of the rendering. */
    @Nullable
    ArgoObject base(RenderedSet set) {
        TemplateRef ref = spec.workflowTemplateRef();
        Manifest base = ref == null ? null : set.find(ref.key(manifest.key().namespace()));
        return base == null ? null : set.argo(base);
    }

    /** Parameters of its own arguments and of those that it takes over, its own first. */
    List<Parameter> parameters(RenderedSet set) {
        List<Parameter> all = new ArrayList<>(spec.parameters());
        ArgoObject base = base(set);
        if (base != null) {
            for (Parameter parameter : base.spec().parameters()) {
                if (all.stream().noneMatch(own -> own.name().equals(parameter.name()))) {
                    all.add(parameter);
                }
            }
        }
        return all;
    }

    /** Whether there is a reference whose target the rendering does not have, so that not everything can be known. */
    boolean isPartlyUnknown(RenderedSet set) {
        return spec.workflowTemplateRef() != null && base(set) == null;
    }

    /** The template that a call means; null when it cannot be known here, or does not exist. */
    @Nullable
    Template resolve(Call call, RenderedSet set) {
        TemplateRef ref = call.templateRef();
        if (ref == null) {
            String name = call.template();
            return name == null ? null : template(name, set);
        }
        Manifest target = set.find(ref.key(manifest.key().namespace()));
        Located located = target == null ? null : set.argo(target).located(ref.template());
        return located == null ? null : located.template();
    }

    /** The template of a name here or in the spec that is taken over; null when there is none. */
    @Nullable
    Template template(String name, RenderedSet set) {
        ArgoObject base = base(set);
        Located located = byName.get(name);
        Template own = located == null ? null : located.template();
        return own != null || base == null ? own : base.template(name, set);
    }

    static List<String> join(List<String> path, String... more) {
        List<String> longer = new ArrayList<>(path);
        longer.addAll(List.of(more));
        return longer;
    }

    /** The maps of a list with their positions. */
    static List<Indexed> indexed(@Nullable Object tree, String... path) {
        List<Indexed> found = new ArrayList<>();
        List<@Nullable Object> list = Tree.list(tree, path);
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof Map<?, ?> map) {
                found.add(new Indexed(Integer.toString(i), Tree.cast(map)));
            }
        }
        return found;
    }

    /**
     * A map in a list.
     *
     * @param index its position, decimal
     * @param tree the map
     */
    record Indexed(String index, Map<String, @Nullable Object> tree) {}

    /**
     * A template and where it stands.
     *
     * @param path path in its object
     * @param template the template
     */
    record Located(List<String> path, Template template) {

        /** A path below it. */
        List<String> at(String... below) {
            return join(path, below);
        }

        /** It in the words of Argo's own messages. */
        String place() {
            return "templates." + template.name();
        }
    }
}
