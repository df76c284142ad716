package dev.plumbline.controller.reconcile;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.spec.Reason;
import dev.plumbline.controller.status.Wait;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.store.StoreException;

/** What an exception at a door means for the sync that met it. */
public final class Troubles {

    private Troubles() {}

    /** Why nothing goes on; it is tried again. */
    public static Wait of(Exception e) {
        return Wait.of(
                switch (e) {
                    case SourceException source ->
                        source.retryable() ? Reason.SOURCE_UNAVAILABLE : Reason.SOURCE_REFUSED;
                    case StoreException store -> Reason.STORE_UNAVAILABLE;
                    case ClusterException cluster ->
                        switch (cluster.reason()) {
                            case FORBIDDEN -> Reason.FORBIDDEN;
                            case CONFLICT, ALREADY_EXISTS -> Reason.CONFLICT;
                            case INVALID, UNSUPPORTED, NOT_FOUND -> Reason.APPLY_FAILED;
                            case GONE, UNAVAILABLE -> Reason.CLUSTER_UNAVAILABLE;
                        };
                    default -> throw new IllegalArgumentException("no door throws this", e);
                },
                String.valueOf(e.getMessage()));
    }
}
