package dev.plumbline.controller.spec;

import dev.plumbline.registry.argo.ArgoSyntaxException;
import dev.plumbline.registry.argo.CronSchedule;
import dev.plumbline.registry.json.Tree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One map of a custom resource while it is read. A value of another type than expected is a problem at its path and reads as the
 * default.
 */
final class SpecFields {

    private final String path;
    private final Map<String, @Nullable Object> fields;
    private final List<SpecProblem> problems;

    SpecFields(String path, Map<String, @Nullable Object> fields, List<SpecProblem> problems) {
        this.path = path;
        this.fields = fields;
        this.problems = problems;
    }

    /** Whether the field is there and not null. */
    boolean has(String field) {
        return fields.get(field) != null;
    }

    String text(String field, String fallback) {
        return value(field, String.class, fallback, "text");
    }

    /** Text that must be there. */
    String required(String field) {
        String text = text(field, "");
        if (!has(field)) {
            problem(field, "is missing; write it");
        } else if (text.isBlank() && fields.get(field) instanceof String) {
            problem(field, "must not be empty");
        }
        return text;
    }

    boolean flag(String field, boolean fallback) {
        return value(field, Boolean.class, fallback, "true or false");
    }

    /** A whole number within bounds. */
    long number(String field, long fallback, long least, long most) {
        Object value = fields.get(field);
        if (value == null) {
            return fallback;
        }
        long number =
                value instanceof Number given && given.doubleValue() == given.longValue() ? given.longValue() : -1;
        if (number < least || number > most) {
            problem(field, "must be a whole number from " + least + " to " + most);
            return fallback;
        }
        return number;
    }

    /** A duration in Go's form within bounds. */
    Duration duration(String field, Duration fallback, Duration least, Duration most) {
        String text = text(field, "");
        if (text.isEmpty()) {
            return fallback;
        }
        try {
            Duration duration = CronSchedule.duration(text);
            if (duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) {
                return duration;
            }
            problem(field, "must be from " + words(least) + " to " + words(most) + ", but is " + text);
        } catch (ArgoSyntaxException e) {
            problem(field, String.valueOf(e.getMessage()));
        }
        return fallback;
    }

    /** One of some words, written as their enum prints them. */
    <E extends Enum<E>> E word(String field, E fallback, E[] words) {
        String text = text(field, fallback.toString());
        for (E word : words) {
            if (word.toString().equals(text)) {
                return word;
            }
        }
        problem(
                field,
                "must be " + Arrays.stream(words).map(Enum::toString).collect(Collectors.joining(" or ")) + ", but is '"
                        + text + "'");
        return fallback;
    }

    /** The fields of a map below; without fields when there is none. */
    SpecFields below(String field) {
        value(field, Map.class, Map.of(), "a map");
        return new SpecFields(at(field), Tree.map(fields, field), problems);
    }

    /** Each element of a list of maps. */
    <T extends @Nullable Object> List<T> each(String field, Function<SpecFields, T> read) {
        List<T> all = new ArrayList<>();
        List<?> elements = value(field, List.class, List.of(), "a list");
        for (int i = 0; i < elements.size(); i++) {
            if (elements.get(i) instanceof Map<?, ?> map) {
                all.add(read.apply(new SpecFields(at(field + "[" + i + "]"), Tree.cast(map), problems)));
            } else {
                problem(field + "[" + i + "]", "must be a map");
            }
        }
        return all;
    }

    /** The elements of a list of texts. */
    List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        List<?> elements = value(field, List.class, List.of(), "a list");
        for (int i = 0; i < elements.size(); i++) {
            if (elements.get(i) instanceof String text) {
                texts.add(text);
            } else {
                problem(field + "[" + i + "]", "must be text");
            }
        }
        return texts;
    }

    /** Notes what is wrong with a field; with the map itself when the name is empty. */
    void problem(String field, String message) {
        problems.add(new SpecProblem(at(field), message));
    }

    private String at(String field) {
        return path.isEmpty() || field.isEmpty() ? path + field : path + "." + field;
    }

    private <T> T value(String field, Class<T> type, T fallback, String what) {
        Object value = fields.get(field);
        if (value == null) {
            return fallback;
        }
        if (!type.isInstance(value)) {
            problem(field, "must be " + what);
            return fallback;
        }
        return type.cast(value);
    }

    private static String words(Duration duration) {
        return duration.toSeconds() % 3600 == 0 ? duration.toHours() + "h" : duration.toSeconds() + "s";
    }
}
