package dev.plumbline.registry.validate.argo;

import dev.plumbline.registry.argo.ArgoKinds;
import dev.plumbline.registry.argo.TemplateRef;
import dev.plumbline.registry.argo.WorkflowSpec;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An object in which names of templates are looked up. */
final class Home {

    private final Manifest object;
    private final boolean root;
    private final Map<String, @Nullable Object> spec;
    private final Place specPlace;
    private final Map<String, Located> templates = new LinkedHashMap<>();

    Home(Manifest object, Map<String, @Nullable Object> content, boolean root) {
        this.object = object;
        this.root = root;
        String kind = object.key().kind();
        this.spec = WorkflowSpec.of(content).tree();
        this.specPlace = Place.root(object).at(WorkflowSpec.path(kind));
        all().forEach(located -> templates.putIfAbsent(located.name(), located));
    }

    /** The object that a reference names, seen from a namespace; null when it is not there. */
    static @Nullable Home of(TemplateRef ref, String namespace, Function<ObjectKey, @Nullable Manifest> lookup) {
        Manifest found = lookup.apply(ref.key(namespace));
        return found == null ? null : new Home(found, found.content(), false);
    }

    Manifest object() {
        return object;
    }

    Map<String, @Nullable Object> spec() {
        return spec;
    }

    Place specPlace() {
        return specPlace;
    }

    /** Tells templates of the same name apart, as Argo does. */
    String scope() {
        return root ? "local/" : object.key().kind() + "/" + object.key().name();
    }

    /** Its template of this name, the first of two; null when there is none. */
    @Nullable
    Located template(String name) {
        return templates.get(name);
    }

    /** All its templates that are maps. */
    final List<Located> all() {
        List<Located> all = new ArrayList<>();
        List<@Nullable Object> list = Tree.list(spec, "templates");
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof Map<?, ?> map) {
                all.add(new Located(Tree.cast(map), specPlace.at("templates").at(i)));
            }
        }
        return all;
    }

    List<String> templateNames() {
        return List.copyOf(templates.keySet());
    }

    /** Whether its defaults give an image to containers or scripts. Argo does not look into those of a cluster's template. */
    boolean hasDefaultImage(String type) {
        boolean cluster = object.key().kind().equals(ArgoKinds.CLUSTER_WORKFLOW_TEMPLATE) && !root;
        return !cluster && !Tree.text(spec, "templateDefaults", type, "image").isEmpty();
    }

    /**
     * A template and where it stands.
     *
     * @param tree the template as written
     * @param place its place
     */
    record Located(Map<String, @Nullable Object> tree, Place place) {

        String name() {
            return Tree.text(tree, "name");
        }
    }
}
