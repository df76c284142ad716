package dev.plumbline.registry.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A bounded memory of answers: the one that was asked for longest ago is forgotten first. Safe for use by many threads.
 *
 * @param <K> what is asked
 * @param <V> the answer
 */
public final class Recent<K, V> {

    private final Map<K, V> answers;

    /**
     * An empty memory.
     *
     * @param most most answers that are remembered
     */
    public Recent(int most) {
        this.answers = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }

    /** The answer to a question; null when it is not remembered. */
    public synchronized @Nullable V get(K question) {
        return answers.get(question);
    }

    /** Remembers an answer. */
    public synchronized void put(K question, V answer) {
        answers.put(question, answer);
    }
}
