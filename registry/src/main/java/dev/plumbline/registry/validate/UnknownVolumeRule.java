package dev.plumbline.registry.validate;

import dev.plumbline.registry.argo.Tags;
import dev.plumbline.registry.finding.Suggestion;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Every volume that a container mounts is declared by its template or its spec. */
final class UnknownVolumeRule implements Rule {

    @Override
    public String id() {
        return "unknown-volume";
    }

    @Override
    public Group group() {
        return Group.UNCHECKED;
    }

    @Override
    public String description() {
        return "Every volume that is mounted is declared.";
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        ArgoObject argo = set.argo(object);
        Set<String> ofSpec = new HashSet<>(names(argo.spec().tree(), "volumes"));
        for (Map<String, @Nullable Object> claim : Tree.maps(argo.spec().tree(), "volumeClaimTemplates")) {
            ofSpec.add(Tree.text(claim, "metadata", "name"));
        }
        for (ArgoObject.Located located : argo.templates()) {
            Map<String, @Nullable Object> tree = located.template().tree();
            Set<String> known = new HashSet<>(ofSpec);
            known.addAll(names(tree, "volumes"));
            for (String one : List.of("container", "script")) {
                mounts(Tree.map(tree, one), located.at(one), known, located, report);
            }
            for (List<String> many :
                    List.of(List.of("sidecars"), List.of("initContainers"), List.of("containerSet", "containers"))) {
                String[] list = many.toArray(String[]::new);
                for (ArgoObject.Indexed container : ArgoObject.indexed(tree, list)) {
                    List<String> at = ArgoObject.join(located.at(list), container.index());
                    mounts(container.tree(), at, known, located, report);
                }
            }
        }
    }

    private static void mounts(
            Map<String, @Nullable Object> container,
            List<String> path,
            Set<String> known,
            ArgoObject.Located located,
            Report report) {
        for (ArgoObject.Indexed mount : ArgoObject.indexed(container, "volumeMounts")) {
            String name = Tree.text(mount.tree(), "name");
            if (!name.isEmpty() && !Tags.present(name) && !known.contains(name)) {
                report.add(
                        ArgoObject.join(path, "volumeMounts", mount.index(), "name"),
                        located.place() + " mounts volume '" + name + "', which neither it nor the spec declares",
                        Suggestion.instead(name, known, "volume"));
            }
        }
    }

    private static List<String> names(Map<String, @Nullable Object> tree, String list) {
        List<String> names = new ArrayList<>();
        Tree.maps(tree, list).forEach(element -> names.add(Tree.text(element, "name")));
        return names;
    }
}
