package dev.plumbline.registry.render;

import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.yaml.YamlList;
import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds the images and the names of other objects in an object of Argo's, by its types, wherever they stand. */
final class ArgoWalk {

    private final List<Place> images = new ArrayList<>();
    private final List<Place> names = new ArrayList<>();
    private final List<String> path = new ArrayList<>();

    /**
     * A text of interest.
     *
     * @param parent the map that holds it
     * @param field its field there
     * @param value the text
     * @param kind kind of the object that it names; empty for an image
     * @param path how kustomize writes the way to it, lists left out
     */
    record Place(YamlMap parent, String field, YamlScalar value, String kind, String path) {

        /** Whether nobody changed it since it was found. */
        @SuppressWarnings("ReferenceEquality") // Any write makes a new node, equal or not.
        boolean untouched() {
            return parent.child(field) == value;
        }

        void set(String text, Location by) {
            parent.entries().put(field, new YamlScalar(text, by));
        }
    }

    private ArgoWalk() {}

    /** Walks one object; finds nothing in an object of another kind. */
    static ArgoWalk of(YamlMap object) {
        ArgoWalk walk = new ArgoWalk();
        walk.object(object);
        return walk;
    }

    List<Place> images() {
        return images;
    }

    List<Place> names() {
        return names;
    }

    private void object(YamlMap object) {
        Map<String, ArgoKindFacts.Field> fields = ArgoKindFacts.get().of(Gvk.of(object));
        if (fields != null) {
            map(object, fields);
        }
    }

    private void map(YamlMap map, Map<String, ArgoKindFacts.Field> fields) {
        for (Map.Entry<String, YamlNode> entry : map.entries().entrySet()) {
            ArgoKindFacts.Field field = fields.get(entry.getKey());
            if (field != null) {
                path.add(entry.getKey());
                if (entry.getValue() instanceof YamlScalar scalar) {
                    scalar(map, entry.getKey(), scalar, field);
                } else {
                    below(entry.getValue(), field);
                }
                path.removeLast();
            }
        }
    }

    private void scalar(YamlMap map, String name, YamlScalar scalar, ArgoKindFacts.Field field) {
        if (!(scalar.value() instanceof String text) || text.isEmpty()) {
            return;
        }
        if (field.image()) {
            images.add(new Place(map, name, scalar, "", text()));
        } else if (field.names() != null) {
            boolean cluster =
                    map.child("clusterScope") instanceof YamlScalar scope && Boolean.TRUE.equals(scope.value());
            String kind = cluster ? ArgoKindFacts.CLUSTER_WORKFLOW_TEMPLATE : field.names();
            names.add(new Place(map, name, scalar, kind, text()));
        }
    }

    private void below(YamlNode node, ArgoKindFacts.Field field) {
        switch (node) {
            case YamlMap map -> {
                if (field.embedded()) {
                    object(map);
                } else if (field.values() != null) {
                    free(map, ArgoKindFacts.get().fields(field.values()));
                } else {
                    map(map, ArgoKindFacts.get().fields(field.type()));
                }
            }
            case YamlList list -> list.items().forEach(item -> below(item, field));
            case YamlScalar _ -> {}
        }
    }

    private void free(YamlMap map, Map<String, ArgoKindFacts.Field> fields) {
        map.entries().forEach((key, value) -> {
            if (value instanceof YamlMap child) {
                path.add(key);
                map(child, fields);
                path.removeLast();
            }
        });
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (String step : path) {
            text.append(text.isEmpty() ? "" : "/").append(step.replace("/", "\\/"));
        }
        return text.toString();
    }
}
