package dev.plumbline.registry.model;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Does pieces of work that do not depend on each other. Rooms have no threads: who calls one may hand it some by this. */
public interface Workers {

    /** The thread that calls, and no other. */
    Workers ALONE = new Workers() {
        @Override
        public int count() {
            return 1;
        }

        @Override
        public <T> List<T> each(int pieces, IntFunction<T> work) {
            return IntStream.range(0, pieces).mapToObj(work).toList();
        }
    };

    /** How many pieces may be done at the same time, at least 1. */
    int count();

    /**
     * Does all pieces, perhaps several at a time.
     *
     * @param work does the piece of a number, from 0 on; must be safe for use by several threads
     * @return what each of them gave, in the order of their numbers
     */
    <T> List<T> each(int pieces, IntFunction<T> work);
}
