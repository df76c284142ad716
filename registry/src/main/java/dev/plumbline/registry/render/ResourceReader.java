package dev.plumbline.registry.render;

import dev.plumbline.registry.yaml.YamlList;
import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlScalar;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** YAML documents to objects: each has a kind and a name, and lists of objects are taken apart. */
final class ResourceReader {

    private final Problems problems;

    ResourceReader(Problems problems) {
        this.problems = problems;
    }

    List<Resource> read(List<YamlNode> documents) {
        List<Resource> resources = new ArrayList<>();
        Deque<YamlNode> rest = new ArrayDeque<>(documents);
        boolean alone = documents.size() == 1;
        while (!rest.isEmpty()) {
            YamlNode document = rest.removeFirst();
            if (!(document instanceof YamlMap map)) {
                problems.error(
                        "render-not-an-object",
                        document.location(),
                        "this is not a Kubernetes object, which is a map",
                        "write apiVersion, kind and metadata.name");
                continue;
            }
            if (map.entries().isEmpty()) {
                continue;
            }
            if (isList(map)) {
                itemsOf(map, rest, alone && Gvk.of(map).kind().equals("List"));
                alone = false;
            } else if (check(map)) {
                resources.add(new Resource(map, map.location()));
            }
        }
        return resources;
    }

    private static boolean isList(YamlMap map) {
        return Gvk.of(map).kind().endsWith("List") && map.entries().containsKey("items");
    }

    /** Behind everything else of the file, where kustomize puts them; only a lone List is taken as it is written. */
    private void itemsOf(YamlMap list, Deque<YamlNode> rest, boolean asWritten) {
        YamlNode items = list.child("items");
        if (items instanceof YamlList elements) {
            elements.items().forEach(item -> rest.add(asWritten ? item : JsonForm.ofItem(item)));
        } else if (!(items instanceof YamlScalar scalar && scalar.value() == null)) {
            problems.error("render-wrong-type", list.location(), "items of a list must be a list", "");
        }
    }

    private boolean check(YamlMap object) {
        return checkNamed(object) && checkLists(object);
    }

    /** Whether an object has a kind and a name. Patches and replacements can take them away. */
    boolean checkNamed(YamlMap object) {
        if (Gvk.of(object).kind().isEmpty()) {
            problems.error("render-no-kind", object.location(), "an object without a kind", "add kind and apiVersion");
            return false;
        }
        boolean named = object.child("metadata") instanceof YamlMap metadata
                && metadata.child("name") instanceof YamlScalar name
                && name.value() != null
                && !name.text().isEmpty();
        if (!named && !Gvk.of(object).kind().endsWith("List")) {
            boolean generated =
                    object.child("metadata") instanceof YamlMap metadata && metadata.child("generateName") != null;
            problems.error(
                    "render-no-name",
                    object.location(),
                    generated
                            ? "an object with generateName and no name is a run, not state, and cannot be kept in step with Git"
                            : Gvk.of(object) + " has no metadata.name",
                    generated ? "take it out of resources and create it when you want a run" : "add metadata.name");
            return false;
        }
        return true;
    }

    /** kustomize refuses empty list items anywhere in an object. */
    private boolean checkLists(YamlNode node) {
        return switch (node) {
            case YamlScalar _ -> true;
            case YamlMap map -> map.entries().values().stream().allMatch(this::checkLists);
            case YamlList list -> list.items().stream().allMatch(this::checkLists);
        };
    }
}
