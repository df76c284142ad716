package dev.plumbline.registry.validate.argo;

import dev.plumbline.registry.json.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Argo's replacing of simple tags before it validates a template, with placeholders for what only a run knows. Expressions and
 * names without a value stay as written. What holds no tag is not copied.
 */
final class Substitution {

    /** What stands for a value that only a run knows; never part of a user's text. */
    static final String PLACEHOLDER = "__argo__internal__placeholder-";

    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";

    private final Map<String, String> global;
    private final Map<String, String> local;

    Substitution(Map<String, String> global, Map<String, String> local) {
        this.global = global;
        this.local = local;
    }

    /** Whether a text is a placeholder. */
    static boolean isPlaceholder(String text) {
        return text.startsWith(PLACEHOLDER);
    }

    /** A map with its tags replaced. */
    Map<String, @Nullable Object> map(Map<String, @Nullable Object> map) {
        Object changed = tree(map);
        return changed instanceof Map<?, ?> other ? Tree.cast(other) : map;
    }

    private @Nullable Object tree(@Nullable Object value) {
        return switch (value) {
            case String text -> text(text);
            case Map<?, ?> map -> changedMap(Tree.cast(map));
            case List<?> list -> changedList(Tree.castList(list));
            case null, default -> value;
        };
    }

    @SuppressWarnings("ReferenceEquality") // unchanged values come back as they are
    private Map<String, @Nullable Object> changedMap(Map<String, @Nullable Object> map) {
        Map<String, @Nullable Object> copy = null;
        for (Map.Entry<String, @Nullable Object> entry : map.entrySet()) {
            Object changed = tree(entry.getValue());
            if (changed != entry.getValue()) {
                if (copy == null) {
                    copy = new LinkedHashMap<>(map);
                }
                copy.put(entry.getKey(), changed);
            }
        }
        return copy == null ? map : copy;
    }

    @SuppressWarnings("ReferenceEquality") // unchanged values come back as they are
    private List<@Nullable Object> changedList(List<@Nullable Object> list) {
        List<@Nullable Object> copy = null;
        for (int i = 0; i < list.size(); i++) {
            Object changed = tree(list.get(i));
            if (changed != list.get(i)) {
                if (copy == null) {
                    copy = new ArrayList<>(list);
                }
                copy.set(i, changed);
            }
        }
        return copy == null ? list : copy;
    }

    String text(String text) {
        int start = text.indexOf(OPEN);
        if (start < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int done = 0;
        boolean changed = false;
        while (start >= 0) {
            int end = text.indexOf(CLOSE, start + OPEN.length());
            if (end < 0) {
                break;
            }
            String replaced = tag(text.substring(start + OPEN.length(), end));
            if (replaced != null) {
                out.append(text, done, start).append(replaced);
                done = end + CLOSE.length();
                changed = true;
            }
            start = text.indexOf(OPEN, end + CLOSE.length());
        }
        return changed ? out.append(text, done, text.length()).toString() : text;
    }

    /** What a tag becomes; null when it stays. A tag in a tag is replaced alone, and the outer one stays open, as in Argo. */
    private @Nullable String tag(String tag) {
        if (tag.startsWith("=")) {
            return null;
        }
        String value = value(tag.trim());
        int nested = tag.lastIndexOf(OPEN);
        if (value == null && nested > 0) {
            String inner = value(tag.substring(nested + OPEN.length()));
            return inner == null ? null : OPEN + tag.substring(0, nested) + inner;
        }
        return value;
    }

    private @Nullable String value(String name) {
        String value = local.get(name);
        return value == null ? global.get(name) : value;
    }
}
