package dev.plumbline.tests.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.app.operator.Operator;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several controllers share one Lease and one store. */
@Tag("cluster")
class LeadershipTest {

    @TempDir
    Path folder;

    @Test
    void ofTwoOneLeadsAndTheOtherTakesOverWhenItEnds() throws Exception {
        try (OperatorDesk desk = OperatorDesk.prepared(folder)) {
            String first = desk.repository().commit("Begin");
            desk.sync("pipelines", Map.of());
            try (Operator one = Operator.start(desk.options("one"))) {
                desk.awaitApplied("pipelines", first);
                try (Operator two = Operator.start(desk.options("two"))) {
                    TimeUnit.SECONDS.sleep(4); // Longer than the lease.
                    assertTrue(one.leads());
                    assertFalse(two.leads());

                    one.close();
                    desk.await("the other leads", two::leads);
                    desk.config("one", "a", "2");
                    String second = desk.repository().commit("Second");
                    desk.poke("pipelines");
                    desk.awaitApplied("pipelines", second);
                    assertEquals(2L, Tree.at(desk.status("PipelineSync", "pipelines"), "appliedRevision", "revision"));
                }
            }
        }
    }

    /** A clock that is an hour off makes no difference: what another program wrote as its time is only compared for change. */
    @Test
    void aLeaseFromAnotherClockIsRespectedUntilItStandsStill() throws Exception {
        try (OperatorDesk desk = OperatorDesk.prepared(folder)) {
            String first = desk.repository().commit("Begin");
            desk.sync("pipelines", Map.of());
            Instant hourAgo = Instant.now().minusSeconds(3600);
            renew(desk, hourAgo);
            try (Operator one = Operator.start(desk.options("one"))) {
                for (int second = 1; second <= 6; second++) {
                    TimeUnit.SECONDS.sleep(1);
                    renew(desk, hourAgo.plusSeconds(second));
                    assertFalse(one.leads(), "it took a lease that was renewed a second ago");
                }
                desk.await("it leads once the lease stands still", one::leads);
                desk.awaitApplied("pipelines", first);
            }
        }
    }

    @Test
    void whoLosesTheLeaseStopsAtOnceAndWritesNothingMore() throws Exception {
        try (OperatorDesk desk = OperatorDesk.prepared(folder)) {
            String first = desk.repository().commit("Begin");
            desk.sync("pipelines", Map.of());
            try (Operator one = Operator.start(desk.options("one"))) {
                desk.awaitApplied("pipelines", first);
                renew(desk, Instant.now());
                desk.await("it notices", () -> !one.leads());
                desk.config("one", "a", "2");
                desk.repository().commit("Second");
                desk.poke("pipelines");
                TimeUnit.SECONDS.sleep(1);
                assertEquals("1", desk.data("one", "a"));
            }
        }
    }

    /** Somebody else holds the lease and says that its time is this. */
    private static void renew(OperatorDesk desk, Instant time) throws Exception {
        Map<String, @Nullable Object> lease = new LinkedHashMap<>();
        lease.put("apiVersion", "coordination.k8s.io/v1");
        lease.put("kind", "Lease");
        Tree.set(lease, Operator.LEASE, "metadata", "name");
        Tree.set(lease, desk.namespace(), "metadata", "namespace");
        Tree.set(lease, "another", "spec", "holderIdentity");
        Tree.set(lease, 3L, "spec", "leaseDurationSeconds");
        Tree.set(lease, time.toString().replaceAll("(\\.\\d+)?Z$", ".000000Z"), "spec", "renewTime");
        ObjectKey key = new ObjectKey("coordination.k8s.io", "Lease", desk.namespace(), Operator.LEASE);
        if (desk.cluster().get(key).isEmpty()) {
            desk.cluster().create(lease, "another");
        } else {
            desk.cluster().mergePatch(key, lease, "another");
        }
    }
}
