package dev.plumbline.registry.review;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.finding.Severity;
import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.model.ObjectKey;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds earlier findings again among later ones; each is found once. */
final class Matching {

    /** Places that a message may name and that move with what stands above them. */
    private static final Pattern MOVING = Pattern.compile("(?<=\\[)\\d+(?=])|(?<=\\bline )\\d+|(?<=:)\\d+\\b");

    private final Map<Lasting, Deque<Finding>> earlier = new LinkedHashMap<>();

    /** What stays the same of a finding when what it is about moves. */
    private record Lasting(
            String rule, Severity severity, @Nullable ObjectKey object, String file, String message) {}

    /**
     * Among these.
     *
     * @param renamed names of objects that hold a hash of their content: earlier name to later name
     */
    Matching(List<Finding> earlier, Map<String, String> renamed) {
        earlier.forEach(finding -> this.earlier
                .computeIfAbsent(lasting(finding, renamed), key -> new ArrayDeque<>())
                .add(finding));
    }

    /** Takes the finding that is equal in every respect, if there is one. */
    boolean takeEqual(Finding later) {
        Deque<Finding> same = earlier.get(lasting(later, Map.of()));
        return same != null && same.remove(later);
    }

    /** Takes a finding that differs in its place at most, if there is one. */
    boolean takeMoved(Finding later) {
        Deque<Finding> same = earlier.get(lasting(later, Map.of()));
        return same != null && same.poll() != null;
    }

    /** What was not taken. */
    List<Finding> left() {
        return earlier.values().stream().flatMap(Collection::stream).toList();
    }

    private static Lasting lasting(Finding finding, Map<String, String> renamed) {
        ObjectKey object = finding.object();
        Location location = finding.location();
        String message = finding.message();
        for (Map.Entry<String, String> rename : renamed.entrySet()) {
            message = message.replace(rename.getKey(), rename.getValue());
        }
        return new Lasting(
                finding.rule(),
                finding.severity(),
                object == null
                        ? null
                        : Shared.anywhere(object.withName(renamed.getOrDefault(object.name(), object.name()))),
                object == null && location != null ? location.file() : "",
                MOVING.matcher(message).replaceAll("0"));
    }
}
