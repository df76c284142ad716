package dev.plumbline.tests.differential;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A plain comparison of two texts line by line. */
final class Lines {

    private static final int CONTEXT = 4;

    private Lines() {}

    /** Both texts from the first line that differs to the last one, with some context. */
    static String difference(String theirs, String ours) {
        List<String> wanted = List.of(theirs.split("\n", -1));
        List<String> found = List.of(ours.split("\n", -1));
        int start = start(wanted, found);
        int end = 0;
        while (end < Math.min(wanted.size(), found.size()) - start
                && wanted.get(wanted.size() - 1 - end).equals(found.get(found.size() - 1 - end))) {
            end++;
        }
        List<String> out = new ArrayList<>();
        wanted.subList(Math.max(0, start - CONTEXT), start).forEach(line -> out.add("           " + line));
        wanted.subList(start, wanted.size() - end).forEach(line -> out.add("kustomize: " + line));
        found.subList(start, found.size() - end).forEach(line -> out.add("     ours: " + line));
        return String.join("\n", out) + "\n";
    }

    /** The path of the first field that differs, positions left out. */
    static String differingField(String theirs, String ours) {
        try {
            Map<String, @Nullable Object> wanted = Json.parseObject(theirs.getBytes(StandardCharsets.UTF_8));
            Map<String, @Nullable Object> found = Json.parseObject(ours.getBytes(StandardCharsets.UTF_8));
            return wanted.get("kind") + differing(wanted, found);
        } catch (JsonException e) {
            return "something";
        }
    }

    private static String differing(@Nullable Object one, @Nullable Object other) {
        if (one instanceof Map<?, ?> map && other instanceof Map<?, ?> otherMap) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                if (!java.util.Objects.equals(entry.getValue(), otherMap.get(entry.getKey()))) {
                    return "." + entry.getKey() + differing(entry.getValue(), otherMap.get(entry.getKey()));
                }
            }
            return " more fields or another order";
        }
        if (one instanceof List<?> list && other instanceof List<?> otherList && list.size() == otherList.size()) {
            for (int i = 0; i < list.size(); i++) {
                if (!java.util.Objects.equals(list.get(i), otherList.get(i))) {
                    return "[]" + differing(list.get(i), otherList.get(i));
                }
            }
        }
        return one instanceof List<?> && other instanceof List<?> ? "[length]" : "";
    }

    private static int start(List<String> one, List<String> other) {
        int start = 0;
        while (start < Math.min(one.size(), other.size()) && one.get(start).equals(other.get(start))) {
            start++;
        }
        return start;
    }
}
