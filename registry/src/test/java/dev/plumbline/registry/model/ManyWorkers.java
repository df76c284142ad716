package dev.plumbline.registry.model;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** More workers than there are cores; they do pieces in any order. */
public final class ManyWorkers implements Workers {

    @Override
    public int count() {
        return 7;
    }

    @Override
    public <T> List<T> each(int pieces, IntFunction<T> work) {
        return IntStream.range(0, pieces).parallel().mapToObj(work).toList();
    }
}
