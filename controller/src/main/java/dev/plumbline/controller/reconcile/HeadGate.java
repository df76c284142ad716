package dev.plumbline.controller.reconcile;

import dev.plumbline.controller.status.Wait;
import java.util.Optional;

/** Whether a sync may apply new heads now. Asked by its worker before each head; what is applied stays applied meanwhile. */
@FunctionalInterface
public interface HeadGate {

    /** Why it may not; empty when it may. */
    Optional<Wait> closed();

    /** A gate that is always open. */
    static HeadGate open() {
        return Optional::empty;
    }
}
