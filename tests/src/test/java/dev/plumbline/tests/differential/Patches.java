package dev.plumbline.tests.differential;

import static dev.plumbline.tests.differential.Trees.list;
import static dev.plumbline.tests.differential.Trees.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Random patches of a given object: strategic merges and JSON patches that hit its fields, and some that miss. */
final class Patches {

    private static final List<String> KEYS =
            List.of("name", "containerPort", "port", "mountPath", "key", "ip", "topologyKey");

    private final Dice dice;
    private final boolean careful;

    Patches(Dice dice, boolean careful) {
        this.dice = dice;
        this.careful = careful;
    }

    /** A strategic-merge patch with the object's own id. */
    Map<String, @Nullable Object> merge(Made made) {
        Map<String, @Nullable Object> patch = map("apiVersion", made.apiVersion(), "kind", made.kind());
        Map<String, @Nullable Object> metadata = map("name", made.name());
        if (!made.namespace().isEmpty()) {
            metadata.put("namespace", made.namespace());
        }
        if (dice.one(3)) {
            metadata.put("labels", map("patched", "yes", "app", dice.pick("web", null)));
        }
        if (dice.one(4)) {
            metadata.put("annotations", map("by", dice.pick("patch", "1")));
        }
        patch.put("metadata", metadata);
        if (dice.one(20)) {
            patch.put("$patch", dice.pick("delete", "delete", "replace", "merge"));
            return patch;
        }
        made.tree().forEach((name, value) -> {
            if (!patch.containsKey(name) && !dice.one(4)) {
                patch.put(name, change(value));
            }
        });
        return patch;
    }

    private @Nullable Object change(@Nullable Object old) {
        if (dice.one(14)) {
            return null;
        }
        if (!careful && dice.one(25)) {
            return dice.pick(list(), map(), "text", list("text"), map("a", 1));
        }
        return switch (old) {
            case Map<?, ?> map -> changedMap(map);
            case List<?> list -> changedList(list);
            case null, default -> dice.one(2) ? dice.pick("changed", "other") : dice.pick(0, 7, true, "8");
        };
    }

    private Map<String, @Nullable Object> changedMap(Map<?, ?> old) {
        Map<String, @Nullable Object> patch = map();
        old.forEach((key, value) -> {
            if (dice.percent(50)) {
                patch.put((String) key, change(value));
            }
        });
        if (dice.one(5)) {
            patch.put(dice.pick("added", "zeta", "alpha"), Scalars.any(dice));
        }
        if (dice.one(25)) {
            patch.put("$patch", dice.pick("replace", "delete", "merge"));
        }
        if (dice.one(30)) {
            patch.put("$retainKeys", list("name"));
        }
        return patch;
    }

    private List<@Nullable Object> changedList(List<?> old) {
        List<@Nullable Object> patch = new ArrayList<>();
        for (Object item : old) {
            if (dice.percent(60)) {
                patch.add(item instanceof Map<?, ?> map ? changedElement(map) : Trees.copy(item));
            }
        }
        if (dice.one(3) && !old.isEmpty()) {
            patch.add(old.getFirst() instanceof Map<?, ?> map ? addedElement(map) : dice.pick("added", 5));
        }
        if (dice.one(15)) {
            patch.add(map("$patch", dice.pick("replace", "delete", "merge")));
        }
        if (dice.one(5)) {
            dice.shuffle(patch);
        }
        return patch;
    }

    private Map<String, @Nullable Object> changedElement(Map<?, ?> old) {
        Map<String, @Nullable Object> element = map();
        for (String key : KEYS) {
            if (old.containsKey(key) && (careful || !dice.one(6))) {
                element.put(key, old.get(key));
            }
        }
        if (dice.one(8)) {
            element.put("$patch", dice.pick("delete", "delete", "replace", "merge"));
            return element;
        }
        changedMap(old).forEach(element::putIfAbsent);
        if (old.containsKey("containerPort") && dice.one(3)) {
            element.put("protocol", dice.pick("TCP", "UDP"));
        }
        return element;
    }

    private Map<String, @Nullable Object> addedElement(Map<?, ?> like) {
        Map<String, @Nullable Object> element = Trees.asMap(Trees.copy(like));
        if (element.containsKey("name")) {
            element.put("name", "added");
        } else {
            element.replaceAll(
                    (_, value) -> value instanceof Integer ? (Object) 9090 : value instanceof String ? "added" : value);
        }
        return element;
    }

    /** A JSON patch; in careless cases some operation may miss. */
    List<@Nullable Object> operations(Made made) {
        List<@Nullable Object> operations = new ArrayList<>();
        Map<String, @Nullable Object> known = Trees.asMap(Trees.copy(made.tree()));
        for (int i = dice.between(1, 3); i > 0; i--) {
            List<String> paths = new ArrayList<>();
            paths(known, "", paths);
            paths.removeIf(
                    path -> path.startsWith("/apiVersion") || path.startsWith("/kind") || path.equals("/metadata"));
            if (careful) {
                paths.removeIf(path -> path.matches("/metadata/(name|namespace)|.*/[1-9][0-9]*(/.*)?")
                        || paths.stream().anyMatch(other -> other.startsWith(path + "/")));
            }
            if (paths.isEmpty()) {
                break;
            }
            operations.add(operation(dice.pick(paths), paths));
            if (careful) {
                break;
            }
        }
        return operations;
    }

    private Map<String, @Nullable Object> operation(String path, List<String> paths) {
        String in = path.substring(0, path.lastIndexOf('/'));
        return switch (dice.below(careful ? 5 : 8)) {
            case 0 -> map("op", "replace", "path", path, "value", value());
            // An element that lost its merge key is a known gap: which element kustomize then takes for it is not
            // reproduced.
            case 1 -> map("op", "remove", "path", path.endsWith("/name") ? in : path);
            case 2 -> map("op", "add", "path", path, "value", value());
            case 3 -> map("op", "add", "path", path.matches(".*/[0-9]+") ? in + "/-" : in + "/added", "value", value());
            // kustomize keeps notes of its own in annotations, and a copy would show them.
            case 4 ->
                map("op", "copy", "from", path.startsWith("/metadata") ? "/kind" : path, "path", "/metadata/copied");
            case 5 ->
                map(
                        "op",
                        dice.pick("move", "copy"),
                        "from",
                        path.startsWith("/metadata") ? "/kind" : path,
                        "path",
                        dice.pick(paths));
            case 6 -> map("op", "test", "path", path, "value", value());
            default ->
                map(
                        "op",
                        dice.pick("add", "replace", "remove", "bad"),
                        "path",
                        dice.pick(
                                path + "/x/y",
                                path + "/-",
                                path + "/-1",
                                path + "/x",
                                "",
                                "x",
                                in + "/01",
                                path + "/~1"),
                        "value",
                        value());
        };
    }

    /** In careful cases a single value, as that which it replaces. */
    private @Nullable Object value() {
        return switch (careful ? dice.between(3, 5) : dice.below(6)) {
            case 0 -> map("a", 1, "b", list("x", null));
            case 1 -> list(1, "two", map("name", "three"));
            case 2 -> null;
            case 3 -> dice.pick(1, 1.5, true, "1");
            default -> Scalars.any(dice);
        };
    }

    private static void paths(@Nullable Object tree, String at, List<String> into) {
        if (tree instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                String path = at + "/" + ((String) key).replace("~", "~0").replace("/", "~1");
                into.add(path);
                paths(value, path, into);
            });
        } else if (tree instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                into.add(at + "/" + i);
                paths(list.get(i), at + "/" + i, into);
            }
        }
    }

    /** A target that selects this object, and perhaps others. */
    Map<String, @Nullable Object> target(Made made) {
        Map<String, @Nullable Object> target = map();
        if (!dice.one(6)) {
            target.put("kind", dice.one(8) ? ".*" : made.kind());
        }
        if (!dice.one(4)) {
            String name = made.name();
            target.put(
                    "name",
                    dice.pick(
                            name,
                            name,
                            name,
                            ".*",
                            name.charAt(0) + ".*",
                            "web|db",
                            "[a-d].+",
                            "^" + name + "$",
                            name.substring(1)));
        }
        if (dice.one(4)) {
            target.put("version", made.version());
        }
        if (dice.one(4)) {
            target.put("group", made.group());
        }
        if (dice.one(6)) {
            target.put("namespace", dice.pick("prod", "default", made.namespace(), "p.*", "dev"));
        }
        selectors(target);
        if (target.isEmpty()) {
            target.put("kind", made.kind());
        }
        return target;
    }

    private void selectors(Map<String, @Nullable Object> target) {
        if (dice.one(6)) {
            target.put(
                    "labelSelector",
                    dice.pick(
                            "app=web",
                            "app in (web, db)",
                            "app!=web",
                            "tier",
                            "!tier",
                            "app=web,tier=front",
                            "app notin (web)",
                            "app==db",
                            careful ? "app" : "app in web"));
        }
        if (dice.one(12)) {
            target.put("annotationSelector", dice.pick("note=x", "note", "!note"));
        }
    }
}
