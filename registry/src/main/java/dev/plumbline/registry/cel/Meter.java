package dev.plumbline.registry.cel;

import dev.cel.runtime.CelEvaluationException;

/**
 * The work that one evaluation may do. An API server counts cost; here iterations are bounded, and each function whose work grows
 * with its arguments pays for their length, so that no expression can run for seconds or fill the memory.
 */
final class Meter {

    /** Most iterations of all macros of one evaluation together. */
    static final int MAX_ITERATIONS = 100_000;

    /** Most characters and elements that functions read or make in one evaluation. */
    static final long MAX_WORK = 20_000_000;

    /** Longest text of an expression, in characters. */
    static final int MAX_EXPRESSION = 64 * 1024;

    private static final ScopedValue<Meter> CURRENT = ScopedValue.newInstance();

    private long work;

    /** Something that is evaluated. */
    @FunctionalInterface
    interface Evaluation {
        Object run() throws CelEvaluationException;
    }

    /** Runs one evaluation with a meter of its own. */
    static Object run(Evaluation evaluation) throws CelEvaluationException {
        return ScopedValue.where(CURRENT, new Meter()).call(evaluation::run);
    }

    /** Pays for work; refuses when there is none left. */
    static void pay(long amount) throws CelEvaluationException {
        if (CURRENT.isBound()) {
            Meter meter = CURRENT.get();
            meter.work += Math.max(0, amount) + 1;
            if (meter.work > MAX_WORK) {
                throw new CelEvaluationException(OverBudget.TEXT, new OverBudget());
            }
        }
    }

    /** Marks the exception that says so. */
    static final class OverBudget extends RuntimeException {

        static final String TEXT = "more than " + MAX_WORK + " characters and elements of work in one evaluation";

        private static final long serialVersionUID = 1L;

        OverBudget() {
            super(TEXT);
        }
    }
}
