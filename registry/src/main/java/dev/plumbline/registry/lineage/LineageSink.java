package dev.plumbline.registry.lineage;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes lineage events. Every call is bounded in time. */
public interface LineageSink extends AutoCloseable {

    /**
     * Hands over the events of one run, in order.
     *
     * @throws LineageException when not all of them were taken; handing all of them over again is safe
     */
    void send(List<Map<String, @Nullable Object>> events) throws LineageException;

    @Override
    void close();
}
