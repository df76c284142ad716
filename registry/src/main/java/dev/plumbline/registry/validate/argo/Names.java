package dev.plumbline.registry.validate.argo;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The variables that are in scope at a place, on top of those of a wider scope. */
final class Names {

    private final @Nullable Names wider;
    private final Set<String> known = new HashSet<>();
    private final List<String> prefixes = new ArrayList<>();
    private Predicate<String> more = _ -> false;

    Names(@Nullable Names wider) {
        this.wider = wider;
    }

    void add(String name) {
        known.add(name);
    }

    /** Every name that begins so is in scope: what it means is only known at run time, or is already reported. */
    void addAll(String prefix) {
        if (!prefixes.contains(prefix)) {
            prefixes.add(prefix);
        }
    }

    /** Names that cost something to know are asked for one by one. */
    void ask(Predicate<String> question) {
        more = question;
    }

    boolean has(String name) {
        return known.contains(name) || hasPrefix(name) || more.test(name) || (wider != null && wider.has(name));
    }

    private boolean hasPrefix(String name) {
        for (String prefix : prefixes) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    /** All names that can be listed. */
    Set<String> listed() {
        Set<String> all = wider == null ? new HashSet<>() : wider.listed();
        all.addAll(known);
        return all;
    }
}
