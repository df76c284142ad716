package dev.plumbline.registry.index;

import java.util.ArrayList;
import java.util.List;

/** The newest of what several queries find; what is older than those that are known already need not be read by the next. */
final class Newest {

    private final int limit;
    private String since;
    private List<Found> found = new ArrayList<>();

    /** At most {@code limit}, created at a time or later. */
    Newest(int limit, String since) {
        this.limit = limit;
        this.since = since;
    }

    /** The time from which on the next query is asked. */
    String since() {
        return since;
    }

    void add(List<Found> more) {
        found.addAll(more);
        if (found.size() >= limit && !more.isEmpty()) {
            found = new ArrayList<>(
                    found.stream().sorted(Found.NEWEST_FIRST).limit(limit).toList());
            since = found.getLast().created();
        }
    }

    /** Newest first. */
    List<Found> found() {
        return found.stream().sorted(Found.NEWEST_FIRST).limit(limit).toList();
    }
}
