package dev.plumbline.registry.argo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * kubectl's JSONPath as far as outputs of resource templates use it: text with pieces in braces, each one path of names, quoted
 * names and positions, such as {@code {.status.addresses[0].url}}. Filters, ranges and wildcards are refused by name.
 */
public final class JsonPath {

    private static final Pattern STEP =
            Pattern.compile("\\.([A-Za-z0-9_/-]+(?:\\\\\\.[A-Za-z0-9_/-]+)*)|\\['([^']+)'\\]|\\[(\\d{1,9})\\]");
    private static final Pattern ESCAPED_DOT = Pattern.compile("\\\\\\.");

    private final List<Piece> pieces = new ArrayList<>();

    /** A part of the text: literal, or a path whose steps are names and positions. */
    private record Piece(String literal, @Nullable List<Object> path) {}

    private JsonPath() {}

    /**
     * Reads a text.
     *
     * @throws ArgoSyntaxException when it holds more than paths
     */
    public static JsonPath parse(String text) throws ArgoSyntaxException {
        JsonPath path = new JsonPath();
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf('{', at);
            int end = open < 0 ? text.length() : open;
            if (end > at) {
                path.pieces.add(new Piece(text.substring(at, end), null));
            }
            if (open < 0) {
                break;
            }
            int close = text.indexOf('}', open);
            if (close < 0) {
                throw new ArgoSyntaxException("jsonPath '" + text + "' has no '}' for its '{'");
            }
            path.pieces.add(new Piece("", steps(text.substring(open + 1, close).trim())));
            at = close + 1;
        }
        return path;
    }

    private static List<Object> steps(String body) throws ArgoSyntaxException {
        String text = body.startsWith("$") ? body.substring(1) : body;
        List<Object> steps = new ArrayList<>();
        Matcher step = STEP.matcher(text);
        int at = 0;
        while (step.find(at) && step.start() == at) {
            if (step.group(3) != null) {
                steps.add(Integer.valueOf(step.group(3)));
            } else if (step.group(2) != null) {
                steps.add(step.group(2));
            } else {
                steps.add(ESCAPED_DOT.matcher(String.valueOf(step.group(1))).replaceAll("."));
            }
            at = step.end();
        }
        if (steps.isEmpty() || at != text.length()) {
            throw new ArgoSyntaxException("the embedded runner does not execute the jsonPath '{" + body
                    + "}', only paths of names and positions such as {.status.conditions[0].status}");
        }
        return steps;
    }

    /** The text for an object; a path that leads nowhere is empty, as in kubectl. */
    public String of(Map<String, @Nullable Object> object) {
        StringBuilder out = new StringBuilder();
        for (Piece piece : pieces) {
            out.append(piece.literal());
            if (piece.path() != null) {
                String value = ArgoText.of(follow(object, piece.path()));
                out.append(value == null ? "" : value);
            }
        }
        return out.toString();
    }

    private static @Nullable Object follow(@Nullable Object from, List<Object> path) {
        Object at = from;
        for (Object step : path) {
            if (step instanceof Integer position) {
                at = at instanceof List<?> list && position < list.size() ? list.get(position) : null;
            } else {
                at = at instanceof Map<?, ?> map ? map.get(step) : null;
            }
        }
        return at;
    }
}
