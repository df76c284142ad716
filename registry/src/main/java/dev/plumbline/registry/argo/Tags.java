package dev.plumbline.registry.argo;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Argo's tags in text: simple ones, <code>{{inputs.parameters.x}}</code>, and expressions, <code>{{=…}}</code>. An opening
 * without an end is plain text here.
 */
public final class Tags {

    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";

    private Tags() {}

    /**
     * One tag.
     *
     * @param body what stands between the braces, trimmed, without the {@code =} of an expression
     * @param expression whether it is an expression
     * @param start index of the first brace
     * @param end index after the last brace
     */
    public record Tag(String body, boolean expression, int start, int end) {}

    /** What a name resolves to. */
    @FunctionalInterface
    public interface Scope {

        /** The value of a name such as {@code inputs.parameters.x}; null when it is not known here. */
        @Nullable
        String get(String name);
    }

    /** The tags of a text, in order. */
    public static List<Tag> find(String text) {
        List<Tag> tags = new ArrayList<>();
        int start = text.indexOf(OPEN);
        while (start >= 0) {
            int end = text.indexOf(CLOSE, start + OPEN.length());
            if (end < 0) {
                break;
            }
            String inside = text.substring(start + OPEN.length(), end);
            boolean expression = inside.startsWith("=");
            tags.add(new Tag(
                    (expression ? inside.substring(1) : inside).trim(), expression, start, end + CLOSE.length()));
            start = text.indexOf(OPEN, end + CLOSE.length());
        }
        return tags;
    }

    /** Whether a text holds a tag. */
    public static boolean present(String text) {
        return text.contains(OPEN) && !find(text).isEmpty();
    }

    /** The name of the simple tag that a text consists of; null when it is anything else. */
    public static @Nullable String whole(String text) {
        String trimmed = text.trim();
        List<Tag> tags = find(trimmed);
        return tags.size() == 1
                        && !tags.getFirst().expression()
                        && tags.getFirst().start() == 0
                        && tags.getFirst().end() == trimmed.length()
                ? tags.getFirst().body()
                : null;
    }

    /** Puts in the values of simple tags; tags that the scope does not know, and expressions, stay as written. */
    public static String replace(String text, Scope scope) {
        if (!text.contains(OPEN)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int done = 0;
        for (Tag tag : find(text)) {
            String value = tag.expression() ? null : scope.get(tag.body());
            if (value != null) {
                out.append(text, done, tag.start()).append(value);
                done = tag.end();
            }
        }
        return out.append(text, done, text.length()).toString();
    }

    /** A text in which a word stands for each expression, so that what is around them can be read. */
    public static String masked(String text) {
        StringBuilder out = new StringBuilder(text.length());
        int done = 0;
        for (Tag tag : find(text)) {
            if (tag.expression()) {
                out.append(text, done, tag.start()).append("true");
                done = tag.end();
            }
        }
        return out.append(text, done, text.length()).toString();
    }
}
