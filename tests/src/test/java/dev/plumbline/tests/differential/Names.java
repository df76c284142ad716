package dev.plumbline.tests.differential;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The names that a case uses, so that references often hit and sometimes miss. */
final class Names {

    private static final List<String> STEMS = List.of("web", "db", "conf", "api", "job");

    private final Dice dice;
    private final Map<String, List<String>> used = new HashMap<>();
    private int count;

    Names(Dice dice) {
        this.dice = dice;
    }

    /** A name of a kind to refer to: mostly one that exists, or will. */
    String any(String kind) {
        List<String> known = used.getOrDefault(kind, List.of());
        return known.isEmpty() || dice.one(8) ? stem() : dice.pick(known);
    }

    /** A name for a new object; in careful cases never one that was there. */
    String fresh(String kind, boolean careful) {
        List<String> known = used.computeIfAbsent(kind, _ -> new ArrayList<>());
        String name = stem();
        if (careful && known.contains(name)) {
            name += "-" + count++;
        }
        known.add(name);
        return name;
    }

    private String stem() {
        return dice.pick(STEMS);
    }
}
