package dev.plumbline.tests.lint;

import dev.plumbline.registry.json.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Changes one thing in an object as people do by mistake, or for good. */
final class Mutator {

    private static final Pattern TAG = Pattern.compile("\\{\\{[^={}][^{}]*}}");
    private static final Set<String> NAMES = Set.of(
            "template", "entrypoint", "onExit", "depends", "target", "name", "from", "withParam", "when", "action");

    private final Random random;

    Mutator(long seed) {
        // Neighbouring seeds of Random begin alike.
        this.random = new Random(new SplittableRandom(seed).nextLong());
    }

    /** A field or element: what holds it, and its key or position. */
    private record Spot(Object holder, Object key, @Nullable Object value, String field) {}

    /** Changes an object in place; the name of what was done, empty when there was nothing to do it to. */
    String mutate(Map<String, @Nullable Object> object) {
        Object spec = object.get("spec");
        List<Spot> spots = new ArrayList<>();
        collect(spec, "", spots);
        if (spots.isEmpty()) {
            return "";
        }
        return switch (random.nextInt(16)) {
            case 0, 1 -> drop(spots);
            case 2 -> renameField(spots);
            case 3 -> duplicate(spots);
            case 4 -> retype(spots);
            case 5, 6 -> breakName(spots);
            case 7, 8 -> breakTag(spots);
            case 9 -> swapTags(spots);
            case 10 -> swapElements(spots);
            case 11 -> addToTemplate(spec);
            case 12 -> addToCall(spots);
            case 13, 14 -> harmless(spots);
            default -> addArguments(spots);
        };
    }

    private static void collect(@Nullable Object value, String field, List<Spot> spots) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, child) -> {
                spots.add(new Spot(map, key, child, String.valueOf(key)));
                collect(child, String.valueOf(key), spots);
            });
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                spots.add(new Spot(list, i, list.get(i), field));
                collect(list.get(i), field, spots);
            }
        }
    }

    private <T> @Nullable T any(List<T> list) {
        return list.isEmpty() ? null : list.get(random.nextInt(list.size()));
    }

    private static void put(Spot spot, @Nullable Object value) {
        if (spot.holder() instanceof Map<?, ?> map) {
            Tree.cast(map).put((String) spot.key(), value);
        } else {
            Tree.castList((List<?>) spot.holder()).set((Integer) spot.key(), value);
        }
    }

    private String drop(List<Spot> spots) {
        Spot spot = spots.get(random.nextInt(spots.size()));
        if (spot.holder() instanceof Map<?, ?> map) {
            Tree.cast(map).remove(spot.key());
        } else {
            Tree.castList((List<?>) spot.holder()).remove((int) (Integer) spot.key());
        }
        return "drop " + spot.field();
    }

    private String renameField(List<Spot> spots) {
        Spot spot =
                any(spots.stream().filter(one -> one.holder() instanceof Map).toList());
        if (spot == null) {
            return "";
        }
        Map<String, @Nullable Object> map = Tree.cast((Map<?, ?>) spot.holder());
        map.remove(spot.key());
        map.put(typo(spot.field()), spot.value());
        return "rename field " + spot.field();
    }

    private String duplicate(List<Spot> spots) {
        Spot spot =
                any(spots.stream().filter(one -> one.holder() instanceof List).toList());
        if (spot == null) {
            return "";
        }
        Tree.castList((List<?>) spot.holder()).add(Tree.copy(spot.value()));
        return "duplicate " + spot.field();
    }

    private String retype(List<Spot> spots) {
        Spot spot = spots.get(random.nextInt(spots.size()));
        Object[] others = {"text", 7L, true, List.of("a"), Map.of("a", "b"), 1.5, null, "", List.of(), "-1", "3"};
        put(spot, Tree.copy(others[random.nextInt(others.length)]));
        return "retype " + spot.field();
    }

    private String breakName(List<Spot> spots) {
        Spot spot = any(spots.stream()
                .filter(one -> one.value() instanceof String
                        && (NAMES.contains(one.field()) || one.field().equals("dependencies")))
                .toList());
        if (spot == null) {
            return "";
        }
        String value = String.valueOf(spot.value());
        String changed = switch (random.nextInt(7)) {
            case 0 -> "1" + value;
            case 1 -> value + "_x";
            case 2 -> "";
            case 3 -> other(spots, spot);
            case 4 -> value + " && other.Succeded";
            default -> typo(value);
        };
        put(spot, changed);
        return "break name " + spot.field();
    }

    private String other(List<Spot> spots, Spot like) {
        Spot other = any(spots.stream()
                .filter(one -> one.value() instanceof String && one.field().equals(like.field()))
                .toList());
        return other == null ? "x" : String.valueOf(other.value());
    }

    private String breakTag(List<Spot> spots) {
        Spot spot = withTag(spots);
        if (spot == null) {
            return "";
        }
        String text = String.valueOf(spot.value());
        Matcher matcher = TAG.matcher(text);
        if (!matcher.find()) {
            return "";
        }
        String[] words = matcher.group()
                .substring(2, matcher.group().length() - 2)
                .trim()
                .split("\\.", -1);
        int at = random.nextInt(words.length);
        words[at] = random.nextInt(4) == 0 ? "" : typo(words[at]);
        put(
                spot,
                text.substring(0, matcher.start()) + "{{" + String.join(".", words) + "}}"
                        + text.substring(matcher.end()));
        return "break tag";
    }

    private @Nullable Spot withTag(List<Spot> spots) {
        return any(spots.stream()
                .filter(one ->
                        one.value() instanceof String text && TAG.matcher(text).find())
                .toList());
    }

    /** A tag that is right at one place is put where another stood, or where none did. */
    private String swapTags(List<Spot> spots) {
        Spot from = withTag(spots);
        Spot to = random.nextBoolean()
                ? withTag(spots)
                : any(spots.stream()
                        .filter(one -> one.value() instanceof String)
                        .toList());
        if (from == null || to == null) {
            return "";
        }
        Matcher matcher = TAG.matcher(String.valueOf(from.value()));
        if (matcher.find()) {
            put(to, matcher.group());
        }
        return "move tag to " + to.field();
    }

    private String swapElements(List<Spot> spots) {
        Spot spot = any(spots.stream()
                .filter(one -> one.value() instanceof List<?> list && list.size() > 1)
                .toList());
        if (spot == null) {
            return "";
        }
        List<@Nullable Object> list = Tree.castList((List<?>) spot.value());
        list.add(list.remove(0));
        return "swap elements of " + spot.field();
    }

    private String addToTemplate(@Nullable Object spec) {
        Object holder = Tree.at(spec, "workflowSpec") == null ? spec : Tree.at(spec, "workflowSpec");
        Map<String, @Nullable Object> template = any(Tree.maps(holder, "templates"));
        if (template == null) {
            return "";
        }
        Object[] field = Additions.TEMPLATE[random.nextInt(Additions.TEMPLATE.length)];
        template.put((String) field[0], Tree.copy(field[1]));
        return "add " + field[0];
    }

    private @Nullable Map<String, @Nullable Object> call(List<Spot> spots) {
        Spot spot = any(spots.stream()
                .filter(one -> one.value() instanceof Map<?, ?> map
                        && map.get("name") != null
                        && (map.get("template") != null || map.get("templateRef") != null || map.get("inline") != null))
                .toList());
        return spot == null ? null : Tree.cast((Map<?, ?>) java.util.Objects.requireNonNull(spot.value()));
    }

    private String addToCall(List<Spot> spots) {
        Map<String, @Nullable Object> call = call(spots);
        if (call == null) {
            return "";
        }
        Object[] field = Additions.CALL[random.nextInt(Additions.CALL.length)];
        call.put((String) field[0], Tree.copy(field[1]));
        return "add " + field[0] + " to call";
    }

    private String addArguments(List<Spot> spots) {
        Map<String, @Nullable Object> call = call(spots);
        if (call == null) {
            return "";
        }
        List<@Nullable Object> parameters = new ArrayList<>(Tree.list(call, "arguments", "parameters"));
        Map<String, @Nullable Object> parameter = new LinkedHashMap<>();
        parameter.put("name", "extra");
        switch (random.nextInt(6)) {
            case 0 -> parameter.put("valueFrom", Map.of("path", "/a"));
            case 1 -> parameter.put("valueFrom", Map.of("supplied", Map.of()));
            case 2 -> parameter.putAll(Map.of("value", "a", "enum", List.of("b")));
            case 3 -> parameter.put("value", "{{workflow.parameters.extra}}");
            case 4 -> parameter.put("value", "{{workflow.name}}-{{= workflow.uid }}");
            default -> parameter.put("value", "plain");
        }
        parameters.add(parameter);
        Tree.set(call, parameters, "arguments", "parameters");
        return "add argument";
    }

    private String harmless(List<Spot> spots) {
        Set<String> free = Set.of("image", "args", "source", "value", "default", "description");
        Spot spot = any(spots.stream()
                .filter(one -> one.value() instanceof String text && !text.contains("{{") && free.contains(one.field()))
                .toList());
        if (spot == null) {
            return "";
        }
        put(spot, spot.value() + "x");
        return "change " + spot.field();
    }

    private String typo(String word) {
        if (word.length() < 2) {
            return word + "x";
        }
        int at = random.nextInt(word.length() - 1);
        return switch (random.nextInt(3)) {
            case 0 -> word.substring(0, at) + word.substring(at + 1);
            case 1 -> word.substring(0, at) + word.charAt(at + 1) + word.charAt(at) + word.substring(at + 2);
            default -> word.substring(0, at) + word.charAt(at) + word.substring(at);
        };
    }
}
