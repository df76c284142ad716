package dev.plumbline.registry.validate.argo;

import dev.plumbline.registry.json.Tree;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names of templates, steps, tasks, containers, parameters and artifacts, and that each is there once. */
final class NameChecks {

    static final String NAME = "argo-name";
    static final String DUPLICATE = "duplicate-name";

    private static final int MAX_NAME = 128;
    private static final Pattern PLACEHOLDERS = Pattern.compile(Substitution.PLACEHOLDER + "[0-9]+");
    private static final Pattern EXPRESSION = Pattern.compile("\\{\\{=.*?}}");

    private final Problems problems;

    NameChecks(Problems problems) {
        this.problems = problems;
    }

    /** Names of the elements of a list of templates, tasks or containers. */
    void fields(String what, List<?> list, Place place, String words) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            String name = Tree.text(list.get(i), "name");
            if (!isField(name)) {
                field(what, name, place.at(i), words + "[" + i + "]");
            }
            once(what, name, seen, place, i);
        }
    }

    /** Names of the elements of a list of parameters or artifacts. */
    void values(String what, List<?> list, Place place, String words) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            String name = Tree.text(list.get(i), "name");
            if (name.isEmpty()) {
                missing(what, place.at(i), words + "[" + i + "]");
            } else if (!isValue(name)) {
                value(what, name, place.at(i).at("name"), words + "[" + i + "].name");
            }
            once(what, name, seen, place, i);
        }
    }

    /** Parameters and artifacts of {@code inputs}, {@code outputs} or {@code arguments}. */
    void both(@Nullable Object holder, Place place, String words) {
        if (holder instanceof Map<?, ?> map) {
            if (map.get("parameters") instanceof List<?> list && !list.isEmpty()) {
                values("parameter", list, place.at("parameters"), words + ".parameters");
            }
            if (map.get("artifacts") instanceof List<?> list && !list.isEmpty()) {
                values("artifact", list, place.at("artifacts"), words + ".artifacts");
            }
        }
    }

    void value(String what, String name, Place place, String words) {
        if (!isValue(name)) {
            problems.add(
                    NAME,
                    place,
                    words + ": '" + name + "' is not a name that Argo accepts for a " + what,
                    "use letters, digits, '-' and '_'");
        }
    }

    /** One name that may have had variables in it. */
    void field(String what, String name, Place place, String words) {
        if (name.isEmpty()) {
            missing(what, place, words);
            return;
        }
        if (isField(name)) {
            return;
        }
        String known = name.startsWith(Substitution.PLACEHOLDER) || name.contains("__") || name.contains("{{=")
                ? EXPRESSION.matcher(PLACEHOLDERS.matcher(name).replaceAll("x")).replaceAll("x")
                : name;
        if (!isField(known)) {
            problems.add(
                    NAME,
                    place.at("name"),
                    words + ": '" + name + "' is not a name that Argo accepts for a " + what,
                    "use at most " + MAX_NAME + " letters, digits and '-', and begin with a letter or digit");
        }
    }

    private static boolean isField(String name) {
        if (name.isEmpty() || name.length() > MAX_NAME || name.charAt(0) == '-') {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (!isLetterOrDigit(name.charAt(i)) && name.charAt(i) != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isValue(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!isLetterOrDigit(c) && c != '-' && c != '_') {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private void once(String what, String name, Set<String> seen, Place list, int index) {
        if (!name.isEmpty() && seen.contains(name)) {
            once(what, name, seen, list.at(index));
        }
        seen.add(name);
    }

    void once(String what, String name, Set<String> seen, Place place) {
        if (!name.isEmpty() && !seen.add(name)) {
            problems.add(
                    DUPLICATE,
                    place.at("name"),
                    "two " + what + "s are named '" + name + "'",
                    "rename or remove one of them");
        }
    }

    private void missing(String what, Place place, String words) {
        problems.add(NAME, place, words + ".name is required: a " + what + " has no name", "add 'name'");
    }
}
