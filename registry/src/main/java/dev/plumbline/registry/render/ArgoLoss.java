package dev.plumbline.registry.render;

import dev.plumbline.registry.yaml.YamlList;
import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is lost when one keyed list takes the place of another: elements, fields of elements, directives left unread. */
final class ArgoLoss {

    private final List<String> dropped = new ArrayList<>();
    private final List<String> fields = new ArrayList<>();
    private final List<String> unread = new ArrayList<>();

    private ArgoLoss() {}

    /**
     * Compares two lists.
     *
     * @param old the elements that there were
     * @param now what stands there now
     * @param field facts of the list
     * @param intended keys of elements that the patch meant to remove or replace
     */
    static ArgoLoss between(
            List<YamlNode> old, @Nullable YamlNode now, ArgoKindFacts.Field field, Set<String> intended) {
        ArgoLoss loss = new ArgoLoss();
        loss.lists(old, now instanceof YamlList list ? list.items() : List.of(), field, "", intended);
        return loss;
    }

    boolean isEmpty() {
        return dropped.isEmpty() && fields.isEmpty() && unread.isEmpty();
    }

    private void lists(
            List<YamlNode> old, List<YamlNode> now, ArgoKindFacts.Field field, String where, Set<String> intended) {
        ListKeys keys = field.keys();
        if (keys == null) {
            return;
        }
        List<YamlNode> present = keys.elements(now);
        for (YamlNode element : present) {
            if (!PatchDirective.of(element).isEmpty()) {
                unread.add(where + (PatchDirective.alone(element) ? "itself" : keys.of(element)));
            }
        }
        Map<String, YamlMap> byKey = keys.byKey(present);
        for (YamlNode element : keys.elements(old)) {
            String key = keys.of(element);
            if (key == null || intended.contains(key)) {
                continue;
            }
            YamlMap same = byKey.get(key);
            if (same == null) {
                dropped.add(where + key);
            } else if (PatchDirective.of(same).isEmpty() && element instanceof YamlMap map) {
                maps(map, same, field.type(), where + key + ".");
            }
        }
    }

    private void maps(YamlMap old, YamlMap now, @Nullable String type, String where) {
        now.entries().forEach((name, value) -> {
            if (StrategicMerge.isNull(value) && old.child(name) == null) {
                unread.add(where + name);
            }
        });
        old.entries().forEach((name, value) -> {
            YamlNode other = now.child(name);
            ArgoKindFacts.Field field = ArgoKindFacts.get().fields(type).get(name);
            if (other == null) {
                fields.add(where + name);
            } else if (value instanceof YamlMap before && other instanceof YamlMap after) {
                maps(before, after, field == null ? null : field.type(), where + name + ".");
            } else if (value instanceof YamlList before && other instanceof YamlList after && field != null) {
                lists(before.items(), after.items(), field, where + name + ".", Set.of());
            }
        });
    }

    /** In words, without a subject: {@code drops a, b and loses c.image}. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        if (!dropped.isEmpty()) {
            parts.add("drops " + ArgoFix.some(dropped));
        }
        if (!fields.isEmpty()) {
            parts.add("loses " + ArgoFix.some(fields));
        }
        if (!unread.isEmpty()) {
            parts.add("leaves $patch or null unread in " + ArgoFix.some(unread));
        }
        return String.join(" and ", parts);
    }
}
