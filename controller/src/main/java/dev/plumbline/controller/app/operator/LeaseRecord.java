package dev.plumbline.controller.app.operator;

import dev.plumbline.registry.json.Tree;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a Lease says (coordination.k8s.io/v1). Its times are other clocks' times: they are only ever compared for equality.
 *
 * @param holder who holds it; empty when it was given back
 * @param renewed when the holder renewed it, by the holder's clock, as written
 * @param transitions how often it changed hands
 * @param resourceVersion its state in the cluster
 */
record LeaseRecord(String holder, String renewed, long transitions, String resourceVersion) {

    static LeaseRecord of(Map<String, @Nullable Object> lease) {
        Object transitions = Tree.at(lease, "spec", "leaseTransitions");
        return new LeaseRecord(
                Tree.text(lease, "spec", "holderIdentity"),
                Tree.text(lease, "spec", "renewTime"),
                transitions instanceof Number number ? number.longValue() : 0,
                Tree.text(lease, "metadata", "resourceVersion"));
    }
}
