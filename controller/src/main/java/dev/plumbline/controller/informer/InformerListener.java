package dev.plumbline.controller.informer;

import dev.plumbline.registry.model.ObjectKey;

/** Hears what informers see. Called by the informer's own thread: it must only take a note. */
@FunctionalInterface
public interface InformerListener {

    /**
     * An object came, changed, or went.
     *
     * @param key which
     * @param owner the value of its label, the last one when it went
     */
    void changed(ObjectKey key, String owner);
}
