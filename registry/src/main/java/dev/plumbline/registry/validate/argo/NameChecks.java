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
    private static final Pattern FIELD = Pattern.compile("[a-zA-Z0-9][-a-zA-Z0-9]*");
    private static final Pattern VALUE = Pattern.compile("[-a-zA-Z0-9_]+");
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
            field(what, name, place.at(i), words + "[" + i + "]");
            once(what, name, seen, place.at(i));
        }
    }

    /** Names of the elements of a list of parameters or artifacts. */
    void values(String what, List<?> list, Place place, String words) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            String name = Tree.text(list.get(i), "name");
            if (name.isEmpty()) {
                missing(what, place.at(i), words + "[" + i + "]");
            } else {
                value(what, name, place.at(i).at("name"), words + "[" + i + "].name");
            }
            once(what, name, seen, place.at(i));
        }
    }

    /** Parameters and artifacts of {@code inputs}, {@code outputs} or {@code arguments}. */
    void both(@Nullable Object holder, Place place, String words) {
        values("parameter", Tree.list(holder, "parameters"), place.at("parameters"), words + ".parameters");
        values("artifact", Tree.list(holder, "artifacts"), place.at("artifacts"), words + ".artifacts");
    }

    void value(String what, String name, Place place, String words) {
        if (!VALUE.matcher(name).matches()) {
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
        String known = name.startsWith(Substitution.PLACEHOLDER) || name.contains("__") || name.contains("{{=")
                ? EXPRESSION.matcher(PLACEHOLDERS.matcher(name).replaceAll("x")).replaceAll("x")
                : name;
        if (known.length() > MAX_NAME || !FIELD.matcher(known).matches()) {
            problems.add(
                    NAME,
                    place.at("name"),
                    words + ": '" + name + "' is not a name that Argo accepts for a " + what,
                    "use at most " + MAX_NAME + " letters, digits and '-', and begin with a letter or digit");
        }
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

    /** The elements of a list that are maps, by name; of two the first. */
    static Map<String, Map<String, @Nullable Object>> byName(List<Map<String, @Nullable Object>> list) {
        Map<String, Map<String, @Nullable Object>> byName = new java.util.LinkedHashMap<>();
        list.forEach(element -> byName.putIfAbsent(Tree.text(element, "name"), element));
        return byName;
    }
}
