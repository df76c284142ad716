package dev.plumbline.controller.live;

/** A running watch. */
public interface Watch extends AutoCloseable {

    /** Ends it; afterwards no further event is delivered. May be called by any thread and more than once. */
    @Override
    void close();
}
