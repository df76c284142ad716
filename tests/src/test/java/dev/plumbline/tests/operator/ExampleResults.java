package dev.plumbline.tests.operator;

import dev.plumbline.registry.run.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What became of the examples. */
final class ExampleResults {

    final Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);

    /** Runs that are not what Git says, in words. */
    final List<String> wrong = new ArrayList<>();

    /** Objects that the server refused. */
    int refused;

    /** Runs that did not end. */
    int open;

    int matches() {
        return verdicts.getOrDefault(Verdict.MATCH, 0);
    }

    @Override
    public String toString() {
        return verdicts + ", refused " + refused + ", not ended " + open;
    }
}
