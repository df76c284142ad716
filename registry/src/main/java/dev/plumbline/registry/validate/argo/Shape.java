package dev.plumbline.registry.validate.argo;

import dev.plumbline.registry.argo.ArgoText;
import dev.plumbline.registry.json.Tree;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Argo reads from the trees of templates, steps and artifacts. A field of the wrong type reads as absent. */
final class Shape {

    /** Types of templates in the order in which Argo asks for them. */
    static final List<String> TYPES = List.of(
            "container", "containerSet", "steps", "dag", "script", "resource", "data", "suspend", "http", "plugin");

    private static final Set<String> POD = Set.of("container", "containerSet", "script", "resource", "data");
    private static final Set<String> LEAF =
            Set.of("container", "containerSet", "script", "resource", "data", "http", "plugin");
    private static final Set<String> WITH_RESULT = Set.of("container", "script", "data", "http", "plugin");

    /** A tag as Argo looks for one in names that may be variables. */
    private static final Pattern TAG = Pattern.compile("\\{\\{[-a-zA-Z0-9]+(\\.[-a-zA-Z0-9_]+)*}}");

    private static final Map<String, List<String>> LOCATIONS = Map.of(
            "artifactory", List.of("url", "usernameSecret"),
            "azure", List.of("endpoint", "container", "blob"),
            "git", List.of("repo"),
            "gcs", List.of("bucket", "key"),
            "hdfs", List.of("addresses"),
            "http", List.of("url"),
            "oss", List.of("bucket", "endpoint", "key"),
            "raw", List.of(),
            "s3", List.of("endpoint", "bucket", "key"),
            "plugin", List.of("name", "configuration", "key"));

    private static final List<String> LOCATION_ORDER =
            List.of("artifactory", "azure", "git", "gcs", "hdfs", "http", "oss", "raw", "s3", "plugin");

    private static final Map<String, String> KEYS = Map.of(
            "artifactory",
            "url",
            "azure",
            "blob",
            "gcs",
            "key",
            "hdfs",
            "path",
            "http",
            "url",
            "oss",
            "key",
            "s3",
            "key",
            "plugin",
            "key");

    private Shape() {}

    static boolean has(Map<String, @Nullable Object> tree, String field) {
        return tree.get(field) != null;
    }

    /** The first type that a template has; empty when none. */
    static String type(Map<String, @Nullable Object> template) {
        for (String type : TYPES) {
            if (has(template, type)) {
                return type;
            }
        }
        return "";
    }

    /** The type that is left when Argo has written the template out once: an empty list of steps is gone then. */
    static String writtenType(Map<String, @Nullable Object> template) {
        String type = type(template);
        return type.equals("steps") && Tree.list(template, "steps").isEmpty() ? "" : type;
    }

    static boolean isPod(String type) {
        return POD.contains(type);
    }

    static boolean isLeaf(String type) {
        return LEAF.contains(type);
    }

    /** Whether a template has a result and an exit code. */
    static boolean hasResult(Map<String, @Nullable Object> template) {
        for (String type : WITH_RESULT) {
            if (has(template, type)) {
                return true;
            }
        }
        return Tree.named("main", template, "containerSet", "containers") != null;
    }

    /** Whether a name holds a tag, so that only a run knows it. */
    static boolean isVariable(String name) {
        return name.contains("{{") && TAG.matcher(name).find();
    }

    /** Whether a step or task has an exit hook. */
    static boolean hasExitHook(Map<String, @Nullable Object> call) {
        return Tree.at(call, "hooks", "exit") != null
                || !Tree.text(call, "onExit").isEmpty();
    }

    /** Whether a step or task runs once for each of several values. */
    static boolean isLoop(Map<String, @Nullable Object> call) {
        return !Tree.list(call, "withItems").isEmpty()
                || !Tree.text(call, "withParam").isEmpty();
    }

    /** Whether an artifact says where it is. */
    static boolean isLocated(Map<String, @Nullable Object> artifact) {
        for (String kind : LOCATION_ORDER) {
            if (artifact.get(kind) instanceof Map<?, ?> location) {
                return LOCATIONS.getOrDefault(kind, List.of()).stream().allMatch(field -> isSet(location.get(field)))
                        || (KEYS.containsKey(kind) && hasKey(kind, Tree.text(location, KEYS.getOrDefault(kind, ""))));
            }
        }
        return false;
    }

    /** For an address the key is its path. */
    private static boolean hasKey(String kind, String text) {
        if (!kind.equals("http") && !kind.equals("artifactory")) {
            return !text.isEmpty();
        }
        int scheme = text.indexOf("://");
        String rest = scheme < 0 ? text : text.substring(scheme + "://".length());
        return scheme < 0 ? !rest.isEmpty() : rest.indexOf('/') >= 0;
    }

    private static boolean isSet(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case String text -> !text.isEmpty();
            case List<?> list -> !list.isEmpty();
            default -> true;
        };
    }

    /** A value that Argo makes text of; null when there is none. */
    static @Nullable String anyText(@Nullable Object value) {
        return value instanceof Map || value instanceof List ? "" : ArgoText.of(value);
    }
}
