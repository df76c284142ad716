package dev.plumbline.registry.schema;

import dev.plumbline.registry.finding.Spelling;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.schema.Fault.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One walk over an object. Order and strictness are those of a v4 API server that is asked to validate strictly: null is absent
 * where Go decodes or where there is a default, defaults are in place before required fields are looked for, and rules over
 * several fields are asked only when the object has no other fault.
 */
final class SchemaCheck {

    /** Most faults that are collected in one object. */
    static final int MAX_FAULTS = 200;

    private final List<Fault> faults = new ArrayList<>();
    private final List<String> path = new ArrayList<>();

    List<Fault> check(FieldType type, Map<String, @Nullable Object> content) {
        value(type, content);
        if (faults.stream().noneMatch(fault -> fault.kind() != Kind.MERGED)) {
            rules(type, content);
        }
        return List.copyOf(faults);
    }

    private void value(FieldType type, @Nullable Object value) {
        if (faults.size() >= MAX_FAULTS) {
            return;
        }
        if (value == null) {
            if (!type.go && !type.nullable && !type.hasDefault && type.sort != FieldType.Sort.ANY) {
                wrongType(type, null);
            }
            return;
        }
        switch (type.sort) {
            case ANY -> any(type, value);
            case OBJECT -> {
                if (value instanceof Map<?, ?> map) {
                    object(type, Tree.cast(map));
                } else {
                    wrongType(type, value);
                }
            }
            case ARRAY -> {
                if (value instanceof List<?> list) {
                    array(type, Tree.castList(list));
                } else {
                    wrongType(type, value);
                }
            }
            default -> scalar(type, value);
        }
    }

    /** No type: only what is listed is checked. */
    private void any(FieldType type, Object value) {
        if (value instanceof Map<?, ?> map && !type.fields.isEmpty()) {
            object(type, Tree.cast(map));
        }
    }

    private void scalar(FieldType type, Object value) {
        if (!ScalarCheck.fits(type, value)) {
            wrongType(type, value);
            return;
        }
        String problem = ScalarCheck.problem(type, value);
        if (!problem.isEmpty()) {
            add(Kind.VALUE, place() + ": " + problem, ScalarCheck.fix(type, value));
        }
    }

    private void wrongType(FieldType type, @Nullable Object value) {
        String found = ScalarCheck.nameOf(value);
        String fix;
        if (value == null) {
            fix = "give it a value or remove the field";
        } else if (type.sort == FieldType.Sort.STRING && (value instanceof Number || value instanceof Boolean)) {
            fix = "quote it: \"" + value + "\"";
        } else if (type.sort == FieldType.Sort.ARRAY) {
            fix = "write a list";
        } else if (type.sort == FieldType.Sort.OBJECT) {
            fix = "write a map";
        } else {
            fix = value instanceof String ? "write it without quotes, as " + type.words() : "write one " + type.words();
        }
        add(Kind.TYPE, place() + ": must be of type " + type.words() + ", not " + found, fix);
    }

    private void object(FieldType type, Map<String, @Nullable Object> map) {
        map.forEach((key, value) -> {
            FieldType field = type.fields.get(key);
            path.add(key);
            if (field == null) {
                field = type.values;
            }
            if (field != null) {
                value(field, value);
            } else if (!type.open && !(type.go && type.fields.isEmpty())) {
                unknown(key, type.fields.keySet());
            }
            path.removeLast();
        });
        for (String name : type.required) {
            FieldType field = type.fields.get(name);
            boolean defaulted = field != null && field.hasDefault;
            boolean there = map.containsKey(name) && (map.get(name) != null || !type.go);
            path.add(name);
            if (!there && !defaulted) {
                add(Kind.MISSING_FIELD, place() + ": Required value", "add '" + name + "'");
            }
            path.removeLast();
        }
    }

    private void unknown(String key, Set<String> known) {
        add(
                Kind.UNKNOWN_FIELD,
                "unknown field \"" + place() + "\"",
                Spelling.nearest(key, known)
                        .map(name -> "did you mean '" + name + "'?")
                        .orElse("remove it"));
    }

    private void array(FieldType type, List<@Nullable Object> list) {
        if (type.items != null) {
            for (int i = 0; i < list.size(); i++) {
                path.add(Integer.toString(i));
                value(type.items, list.get(i));
                path.removeLast();
            }
        }
        if (list.size() > type.maxItems) {
            add(
                    Kind.VALUE,
                    place() + ": Too many: " + list.size() + ": must have at most " + type.maxItems + " items",
                    "split it");
        } else if (list.size() < type.minItems) {
            add(
                    Kind.VALUE,
                    place() + ": must have at least " + type.minItems + " items",
                    "add one or remove the field");
        }
        if (!type.keys.isEmpty() || type.set) {
            duplicates(type, list);
        }
    }

    private void duplicates(FieldType type, List<@Nullable Object> list) {
        Set<Object> seen = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            Object element = list.get(i);
            Object key = element;
            String shown = String.valueOf(element);
            if (!type.keys.isEmpty() && element instanceof Map<?, ?> map) {
                Map<String, @Nullable Object> named = keyOf(type, Tree.cast(map));
                key = named;
                shown = Json.write(named);
            }
            if (key != null && !seen.add(key)) {
                path.add(Integer.toString(i));
                if (type.go) {
                    add(
                            Kind.MERGED,
                            place() + ": Duplicate value: " + shown,
                            "keep one of them: server-side apply would");
                } else {
                    add(Kind.DUPLICATE, place() + ": Duplicate value: " + shown, "remove or rename one of them");
                }
                path.removeLast();
            }
        }
    }

    private static Map<String, @Nullable Object> keyOf(FieldType type, Map<String, @Nullable Object> element) {
        Map<String, @Nullable Object> key = new TreeMap<>();
        for (String name : type.keys) {
            FieldType field = type.items == null ? null : type.items.fields.get(name);
            Object value = element.get(name);
            key.put(name, value == null && field != null ? field.defaultValue : value);
        }
        return key;
    }

    /** Rules inside first, as the API server asks them. */
    private void rules(FieldType type, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Tree.cast(map).forEach((key, child) -> {
                FieldType field = type.fields.getOrDefault(key, type.values);
                if (field != null) {
                    path.add(key);
                    rules(field, child);
                    path.removeLast();
                }
            });
        } else if (value instanceof List<?> list && type.items != null) {
            for (int i = 0; i < list.size(); i++) {
                path.add(Integer.toString(i));
                rules(type.items, list.get(i));
                path.removeLast();
            }
        }
        if (value == null) {
            return;
        }
        Set<String> said = new LinkedHashSet<>();
        for (ObjectRule rule : type.rules) {
            if (!rule.holds().test(value) && said.add(rule.message())) {
                add(Kind.RULE, place() + ": " + rule.message(), "");
            }
        }
    }

    private String place() {
        return path.isEmpty() ? "<root>" : FieldNames.of(path);
    }

    private void add(Kind kind, String message, String fix) {
        if (faults.size() < MAX_FAULTS) {
            faults.add(new Fault(kind, path, message, fix));
        }
    }
}
