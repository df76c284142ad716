package dev.plumbline.controller.app.operator;

import java.time.Duration;

/**
 * When news that may wait is told: after a moment, and of all syncs together at most so much in a second. Who has a turn tells then what
 * is the newest, however much came meanwhile. Safe for many threads.
 */
final class Pace {

    private final long moment;
    private final long apart;
    private long next;

    /**
     * A pace.
     *
     * @param moment how long news waits at least, so that what may not wait is told before it
     * @param perSecond how many turns there are in a second at most
     */
    Pace(Duration moment, int perSecond) {
        this.moment = moment.toNanos();
        this.apart = Duration.ofSeconds(1).toNanos() / perSecond;
        this.next = Long.MIN_VALUE / 2;
    }

    /** The next turn, on the clock of {@link System#nanoTime()}, for who asks at that time. */
    synchronized long turn(long now) {
        long turn = Math.max(now + moment, next);
        next = turn + apart;
        return turn;
    }
}
