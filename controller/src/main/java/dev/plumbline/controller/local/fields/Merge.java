package dev.plumbline.controller.local.fields;

import dev.plumbline.registry.json.Tree;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lays applied content over an object: leaves are replaced, structs, maps and keyed lists are merged, nothing is removed.
 * Items of a list keep the order of the object where the content says nothing about them.
 */
final class Merge {

    private Merge() {}

    /** The merged value; {@link Absent#VALUE} where nothing is left of either. */
    static @Nullable Object merge(FieldType declared, @Nullable Object live, @Nullable Object content)
            throws FieldFault {
        FieldType type = declared.deduce(Absent.is(content) ? live : content);
        FieldType.MapType map = type.map();
        FieldType.ListType list = type.list();
        if (map != null) {
            Map<String, @Nullable Object> l = live instanceof Map<?, ?> m ? Tree.cast(m) : Map.of();
            Map<String, @Nullable Object> c = content instanceof Map<?, ?> m ? Tree.cast(m) : Map.of();
            if (!map.atomic() && !(l.isEmpty() && c.isEmpty())) {
                return maps(map, l, c);
            }
        } else if (type.scalar() == null && list != null) {
            List<@Nullable Object> l = live instanceof List<?> m ? Tree.castList(m) : List.of();
            List<@Nullable Object> c = content instanceof List<?> m ? Tree.castList(m) : List.of();
            if (!list.atomic() && !(l.isEmpty() && c.isEmpty())) {
                return new Lists(list, l, c).merge();
            }
        }
        return Absent.is(content) ? live : content;
    }

    private static Object maps(
            FieldType.MapType type, Map<String, @Nullable Object> live, Map<String, @Nullable Object> content)
            throws FieldFault {
        Map<String, @Nullable Object> merged = new LinkedHashMap<>();
        Set<String> keys = new LinkedHashSet<>(live.keySet());
        keys.addAll(content.keySet());
        for (String key : keys) {
            Object l = live.containsKey(key) ? live.get(key) : Absent.VALUE;
            Object c = content.containsKey(key) ? content.get(key) : Absent.VALUE;
            FieldType inner = type.at(key);
            Object value = inner == null ? (Absent.is(c) ? l : c) : merge(inner, l, c);
            if (!Absent.is(value)) {
                merged.put(key, value);
            }
        }
        return merged.isEmpty() ? Absent.VALUE : merged;
    }

    /** Two lists, walked side by side. */
    private static final class Lists {
        private final FieldType.ListType type;
        private final List<@Nullable Object> live;
        private final List<String> liveElements = new ArrayList<>();
        private final List<String> contentElements = new ArrayList<>();
        private final Map<String, @Nullable Object> liveItems = new HashMap<>();
        private final Map<String, @Nullable Object> contentItems = new HashMap<>();
        private final Deque<String> shared = new ArrayDeque<>();
        private final Set<String> done = new HashSet<>();
        private final List<@Nullable Object> merged = new ArrayList<>();

        Lists(FieldType.ListType type, List<@Nullable Object> live, List<@Nullable Object> content) throws FieldFault {
            this.type = type;
            this.live = live;
            for (Object item : content) {
                String element = PathElements.item(type, item);
                contentElements.add(element);
                contentItems.put(element, item);
            }
            for (Object item : live) {
                String element = PathElements.item(type, item);
                liveElements.add(element);
                // A doubled item is not merged with.
                liveItems.put(element, liveItems.containsKey(element) ? null : item);
            }
            for (String element : contentElements) {
                if (liveItems.containsKey(element)) {
                    shared.add(element);
                }
            }
        }

        Object merge() throws FieldFault {
            int l = 0;
            int c = 0;
            while (l < liveElements.size() || c < contentElements.size()) {
                boolean both = l < liveElements.size() && c < contentElements.size();
                if (both && liveElements.get(l).equals(contentElements.get(c))) {
                    take(contentElements.get(c));
                    shared.poll();
                    l++;
                    c++;
                    continue;
                }
                if (both && awaited(liveElements.get(l))) {
                    l++;
                    continue;
                }
                if (l < liveElements.size()) {
                    String element = liveElements.get(l);
                    if (!contentItems.containsKey(element)) {
                        add(Merge.merge(type.of(), live.get(l), Absent.VALUE));
                        l++;
                        continue;
                    } else if (done.contains(element)) {
                        l++;
                    }
                }
                if (c < contentElements.size()) {
                    String element = contentElements.get(c);
                    take(element);
                    c++;
                    if (element.equals(shared.peek())) {
                        shared.poll();
                    }
                }
            }
            return merged.isEmpty() ? Absent.VALUE : merged;
        }

        /** Whether an item of both lists is not the next one that both have. */
        private boolean awaited(String element) {
            return contentItems.containsKey(element) && !shared.isEmpty() && !element.equals(shared.peek());
        }

        private void take(String element) throws FieldFault {
            done.add(element);
            Object l = liveItems.containsKey(element) ? liveItems.get(element) : Absent.VALUE;
            add(Merge.merge(type.of(), l, contentItems.get(element)));
        }

        private void add(@Nullable Object value) {
            if (!Absent.is(value)) {
                merged.add(value);
            }
        }
    }
}
