package dev.plumbline.registry.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Kubernetes' selector language: {@code a=b, c!=d, e in (f,g), h notin (i), j, !k, l>1, m<2}; all parts must hold. */
final class LabelSelector {

    private static final Pattern REQUIREMENT = Pattern.compile("\\s*(?:"
            + "(?<absent>!\\s*)?(?<key>[A-Za-z0-9_./-]+)\\s*"
            + "(?:(?<op>==|=|!=|>|<)\\s*(?<value>[A-Za-z0-9_.-]*)|(?<set>in|notin)\\s*\\((?<values>[^()]*)\\))?"
            + ")\\s*");

    private final List<Requirement> requirements;

    private enum Operator {
        EXISTS,
        ABSENT,
        IN,
        NOT_IN,
        GREATER,
        LESS
    }

    private record Requirement(String key, Operator operator, Set<String> values) {

        boolean holds(Map<String, String> labels) {
            String value = labels.get(key);
            return switch (operator) {
                case EXISTS -> value != null;
                case ABSENT -> value == null;
                case IN -> value != null && values.contains(value);
                case NOT_IN -> value == null || !values.contains(value);
                case GREATER -> compare(value) > 0;
                case LESS -> compare(value) < 0;
            };
        }

        private int compare(@Nullable String value) {
            try {
                return value == null
                        ? 0
                        : Long.compare(
                                Long.parseLong(value),
                                Long.parseLong(values.iterator().next()));
            } catch (NumberFormatException e) {
                return 0;
            }
        }
    }

    private LabelSelector(List<Requirement> requirements) {
        this.requirements = requirements;
    }

    /** Reads a selector; null when it is not one. An empty text selects everything. */
    static @Nullable LabelSelector parse(String text) {
        List<Requirement> requirements = new ArrayList<>();
        if (!text.isBlank()) {
            for (String part : text.split(",(?![^(]*\\))", -1)) {
                Requirement requirement = requirement(part);
                if (requirement == null) {
                    return null;
                }
                requirements.add(requirement);
            }
        }
        return new LabelSelector(requirements);
    }

    private static @Nullable Requirement requirement(String part) {
        Matcher matcher = REQUIREMENT.matcher(part);
        if (!matcher.matches()) {
            return null;
        }
        String key = matcher.group("key");
        String sign = matcher.group("op");
        String set = matcher.group("set");
        if (matcher.group("absent") != null) {
            return sign == null && set == null ? new Requirement(key, Operator.ABSENT, Set.of()) : null;
        }
        if (set != null) {
            Set<String> values = Set.of(Pattern.compile(",")
                    .splitAsStream(matcher.group("values"))
                    .map(String::trim)
                    .distinct()
                    .toArray(String[]::new));
            return new Requirement(key, set.equals("in") ? Operator.IN : Operator.NOT_IN, values);
        }
        if (sign == null) {
            return new Requirement(key, Operator.EXISTS, Set.of());
        }
        Operator operator = switch (sign) {
            case "!=" -> Operator.NOT_IN;
            case ">" -> Operator.GREATER;
            case "<" -> Operator.LESS;
            default -> Operator.IN;
        };
        boolean ordered = operator == Operator.GREATER || operator == Operator.LESS;
        String value = matcher.group("value");
        return ordered && !value.matches("-?[0-9]{1,18}") ? null : new Requirement(key, operator, Set.of(value));
    }

    boolean matches(Map<String, String> labels) {
        return requirements.stream().allMatch(requirement -> requirement.holds(labels));
    }
}
