package dev.plumbline.controller.apply;

import java.time.Duration;

/** Lets time pass. */
@FunctionalInterface
public interface Pause {

    /** Really lets time pass. */
    Pause SLEEP = Thread::sleep;

    /**
     * Returns after this long.
     *
     * @throws InterruptedException when the thread is interrupted before
     */
    void last(Duration time) throws InterruptedException;
}
