package dev.plumbline.registry.validate;

import dev.plumbline.registry.argo.Tags;
import dev.plumbline.registry.argo.expr.Expression;
import dev.plumbline.registry.argo.expr.ExpressionException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tags and expressions of one object, found in one walk, each expression read once. */
final class Texts {

    /** Fields that hold a bare expression. */
    private static final Set<String> EXPRESSION_FIELDS = Set.of("expression", "fromExpression");

    private final List<Tag> tags = new ArrayList<>();
    private final List<Use> expressions = new ArrayList<>();
    private final Map<String, Use> read = new HashMap<>();

    /**
     * A simple tag and where it stands.
     *
     * @param name what stands between the braces
     * @param path path in the object
     * @param text the whole text that it stands in
     */
    record Tag(String name, List<String> path, String text) {

        List<String> words() {
            return List.of(name.split("\\.", -1));
        }
    }

    /**
     * An expression and where it stands.
     *
     * @param text the expression
     * @param path path in the object
     * @param inTag whether it is a tag in a longer text, which may stay as it is
     * @param parsed what it uses; null when it cannot be read
     * @param wrong why it cannot be read; empty when it can
     */
    record Use(
            String text,
            List<String> path,
            boolean inTag,
            @Nullable Expression parsed,
            String wrong) {}

    Texts(Manifest object) {
        Leaves.walk(object.content().get("spec"), List.of("spec"), this::leaf);
    }

    private void leaf(List<String> path, @Nullable Object value) {
        if (!(value instanceof String text)) {
            return;
        }
        boolean bare = EXPRESSION_FIELDS.contains(path.getLast());
        boolean tagged = text.contains("{{");
        if (!bare && !tagged) {
            return;
        }
        List<String> at = List.copyOf(path);
        if (bare && !tagged && !text.isBlank()) {
            expressions.add(use(text, at, false));
        }
        for (Tags.Tag tag : tagged ? Tags.find(text) : List.<Tags.Tag>of()) {
            if (tag.expression()) {
                expressions.add(use(tag.body(), at, true));
            } else {
                tags.add(new Tag(tag.body(), at, text));
            }
        }
    }

    private Use use(String text, List<String> path, boolean inTag) {
        Use known = read.computeIfAbsent(text, one -> {
            try {
                return new Use(one, path, inTag, Expression.parse(one), "");
            } catch (ExpressionException e) {
                return new Use(one, path, inTag, null, String.valueOf(e.getMessage()));
            }
        });
        return new Use(text, path, inTag, known.parsed(), known.wrong());
    }

    /** All simple tags, in written order. */
    List<Tag> tags() {
        return tags;
    }

    /** All expressions, in written order. */
    List<Use> expressions() {
        return expressions;
    }

    /** Whether a text is the value of a map's field. */
    static boolean isField(List<String> path, String field) {
        return path.getLast().equals(field);
    }

    /** The template of a WorkflowSpec that a path leads through; null when it leads elsewhere or into an inline template. */
    static ArgoObject.@Nullable Located template(ArgoObject argo, List<String> path) {
        int at = argo.path("templates").size();
        if (path.size() <= at || !path.get(at - 1).equals("templates") || path.contains("inline")) {
            return null;
        }
        List<String> start = path.subList(0, at + 1);
        return argo.templateAt(start);
    }

    /** The step or task whose field a path leads to; null when it leads to none. */
    static @Nullable Map<String, @Nullable Object> call(Manifest object, ArgoObject argo, List<String> path) {
        int at = argo.path("templates").size() + 1;
        if (path.size() < at + 3) {
            return null;
        }
        boolean task = path.get(at).equals("dag") && path.get(at + 1).equals("tasks");
        boolean step = path.get(at).equals("steps");
        return task || step ? mapAt(object.content(), path.subList(0, at + 3)) : null;
    }

    private static @Nullable Map<String, @Nullable Object> mapAt(@Nullable Object root, List<String> path) {
        Object value = root;
        for (String step : path) {
            if (value instanceof List<?> list) {
                int index = Integer.parseInt(step);
                value = index < list.size() ? list.get(index) : null;
            } else {
                value = Tree.at(value, step);
            }
        }
        return value instanceof Map<?, ?> map ? Tree.cast(map) : null;
    }
}
