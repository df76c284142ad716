package dev.plumbline.controller.cli;

import dev.plumbline.registry.model.Workers;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Works with every core of the machine: for a command that somebody waits for. */
public final class AllCores implements Workers {

    /** Takes the threads that the JVM has for such work, and the one that calls. */
    public AllCores() {}

    @Override
    public int count() {
        return Runtime.getRuntime().availableProcessors();
    }

    @Override
    public <T> List<T> each(int pieces, IntFunction<T> work) {
        return IntStream.range(0, pieces).parallel().mapToObj(work).toList();
    }
}
