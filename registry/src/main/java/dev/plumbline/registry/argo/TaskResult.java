package dev.plumbline.registry.argo;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What {@code depends} can ask about a task. */
public enum TaskResult {
    /** It ended well. */
    SUCCEEDED("Succeeded"),
    /** Its own work failed. */
    FAILED("Failed"),
    /** Argo could not run it to its end. */
    ERRORED("Errored"),
    /** Its {@code when} was false. */
    SKIPPED("Skipped"),
    /** Its {@code depends} was false. */
    OMITTED("Omitted"),
    /** It is a daemon that runs. */
    DAEMONED("Daemoned"),
    /** One of its loop's items succeeded. */
    ANY_SUCCEEDED("AnySucceeded"),
    /** All of its loop's items failed. */
    ALL_FAILED("AllFailed");

    private final String word;

    TaskResult(String word) {
        this.word = word;
    }

    /** How it is written. */
    public String word() {
        return word;
    }

    /** The result that is written like this; null when there is none. */
    public static @Nullable TaskResult of(String word) {
        return Arrays.stream(values())
                .filter(result -> result.word.equals(word))
                .findFirst()
                .orElse(null);
    }
}
