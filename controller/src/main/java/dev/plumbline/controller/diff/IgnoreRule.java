package dev.plumbline.controller.diff;

import java.util.List;
import java.util.Set;

/**
 * A field that others may change without that being drift.
 *
 * @param group API group of the kind; {@code *} for every group
 * @param kind kind; {@code *} for every kind
 * @param pointer the field and everything below it (RFC 6901); the element {@code *} stands for any one, and an element that ends in
 *     {@code *} for any that begins so
 * @param managers field managers that may change it; empty for everybody
 * @param reason why, for people
 */
public record IgnoreRule(String group, String kind, String pointer, Set<String> managers, String reason) {

    /** Refuses a pointer that names nothing. */
    public IgnoreRule {
        if (!pointer.startsWith("/") || pointer.length() == 1) {
            throw new IllegalArgumentException(
                    "not a JSON pointer to a field: '" + pointer + "'; expected /spec/replicas");
        }
        managers = Set.copyOf(managers);
    }

    boolean isFor(String otherGroup, String otherKind) {
        return (group.equals("*") || group.equals(otherGroup)) && (kind.equals("*") || kind.equals(otherKind));
    }

    /** Whether it lets this owner change this field. */
    boolean admits(String field, FieldOwner owner) {
        return (managers.isEmpty() || managers.contains(owner.manager())) && covers(field);
    }

    /** Whether the field is the named one or below it. */
    boolean covers(String field) {
        return isPrefix(JsonPointer.elements(pointer), JsonPointer.elements(field));
    }

    /** Whether it names something below the field. */
    boolean isBelow(String field) {
        List<String> own = JsonPointer.elements(pointer);
        List<String> other = JsonPointer.elements(field);
        return own.size() > other.size() && isPrefix(own.subList(0, other.size()), other);
    }

    private static boolean isPrefix(List<String> pattern, List<String> elements) {
        if (pattern.size() > elements.size()) {
            return false;
        }
        for (int i = 0; i < pattern.size(); i++) {
            String wanted = pattern.get(i);
            boolean fits = wanted.endsWith("*")
                    ? elements.get(i).startsWith(wanted.substring(0, wanted.length() - 1))
                    : elements.get(i).equals(wanted);
            if (!fits) {
                return false;
            }
        }
        return true;
    }
}
