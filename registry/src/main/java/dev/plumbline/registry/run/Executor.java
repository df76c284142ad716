package dev.plumbline.registry.run;

import java.util.Locale;

/** What executed a run. It is known from the cluster that was watched, never from what a run says of itself. */
public enum Executor {
    /** The embedded runner, as local processes. */
    LOCAL,
    /** A controller of Argo Workflows, as pods. */
    ARGO;

    /** The word in stored values and for people. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads what {@link #word()} wrote. */
    public static Executor of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
