package dev.plumbline.tests.differential;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Random choices; equal seeds choose equally. */
final class Dice {

    private final Random random;

    Dice(long seed) {
        this.random = new Random(seed);
    }

    /** True once in so many times. */
    boolean one(int in) {
        return random.nextInt(in) == 0;
    }

    /** True so many times in a hundred. */
    boolean percent(int percent) {
        return random.nextInt(100) < percent;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    /** Both ends included. */
    int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    @SafeVarargs
    final <T> T pick(T... from) {
        return from[random.nextInt(from.length)];
    }

    <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** Some of them, in their order; perhaps none. */
    <T> List<T> some(List<T> from, int percent) {
        List<T> chosen = new ArrayList<>();
        for (T item : from) {
            if (percent(percent)) {
                chosen.add(item);
            }
        }
        return chosen;
    }

    void shuffle(List<?> list) {
        Collections.shuffle(list, random);
    }
}
